import os

done = False

def task_func(x):
    global done
    for _ in range(0 if done else 100):
        os.write(1, b"x" * 2**20)
        os.write(2, b"y" * 2**20)
    done = True
    return x * 2
