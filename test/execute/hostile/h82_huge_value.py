def task_func(x):
    return "x" * (50 * 2**20)
