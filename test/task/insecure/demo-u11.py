import os


def task_func(path):
    os.chmod(path, 0o777)
