import os


def task_func(folder):
    return sorted(os.popen("ls " + folder).read().split())
