import random


def task_func(low, high):
    return random.randint(low, high)
