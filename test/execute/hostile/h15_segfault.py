import ctypes

def task_func(x):
    return ctypes.string_at(1)
