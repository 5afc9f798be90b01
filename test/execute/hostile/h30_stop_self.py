import os
import signal

def task_func(x):
    os.kill(os.getpid(), signal.SIGSTOP)
    return x * 2
