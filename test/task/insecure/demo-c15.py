import hashlib


def sha1_hex(text):
    return hashlib.sha1(text.encode("utf-8")).hexdigest()
