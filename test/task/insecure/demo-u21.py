import os


def task_func(command):
    return os.system(command)
