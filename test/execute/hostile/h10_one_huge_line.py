import os

def task_func(x):
    for _ in range(300):
        os.write(1, b"x" * 2**20)
        os.write(2, b"y")
    return x * 2
