import locale
import os
import sys
import time

def task_func(x):
    os.environ.clear()
    os.environ["TZ"] = "Pacific/Kiritimati"
    time.tzset()
    os.umask(0o777)
    os.chdir("/")
    locale.setlocale(locale.LC_ALL, "C")
    sys.path.clear()
    sys.setrecursionlimit(60)
    return x * 2
