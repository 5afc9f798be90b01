def task_func(x):
    raise ValueError("x" * (30 * 2**20))
