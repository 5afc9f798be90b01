import itertools

def task_func(x):
    return list(itertools.product(range(100), repeat=10))
