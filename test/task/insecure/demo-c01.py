import hashlib


def md5_hex(text):
    return hashlib.md5(text.encode()).hexdigest()
