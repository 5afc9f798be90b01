import warnings

warnings.simplefilter("error")

def task_func(x):
    return x * 2
