import sys

for name in ("json", "os", "hashlib", "time", "select", "io"):
    sys.modules[name] = None

def task_func(x):
    return x * 2
