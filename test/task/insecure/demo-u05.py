def task_func(expression):
    return eval(expression)
