import random


def task_func(items):
    return random.choice(items)
