import hashlib


def task_func(data):
    return hashlib.md5(data).hexdigest()
