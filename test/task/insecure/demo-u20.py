import random


def task_func():
    return random.choice(["heads", "tails"])
