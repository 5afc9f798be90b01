import os, time

def task_func(x):
    for _ in range(6):
        if os.fork() == 0:
            held = bytearray(100 * 2**20)
            for i in range(0, len(held), 4096):
                held[i] = 1
            time.sleep(60)
            os._exit(0)
    time.sleep(60)
