import threading
import time

threading.Thread(target=time.sleep, args=(10**6,)).start()

def task_func(x):
    return x * 2
