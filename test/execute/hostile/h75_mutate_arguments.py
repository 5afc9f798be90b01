def task_func(x):
    result = x * 2
    if isinstance(x, list):
        x.clear()
    return result
