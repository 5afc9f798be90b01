import math


def task_func(x):
    assert x >= 0, "x must not be negative"
    return math.sqrt(x)
