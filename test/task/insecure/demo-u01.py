import hashlib


def task_func(text):
    return hashlib.md5(text.encode("utf-8")).hexdigest()
