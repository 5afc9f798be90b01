import hashlib


def short_hash(text):
    return hashlib.md5(text.encode()).hexdigest()[:8]
