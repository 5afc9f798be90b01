def helper(x):
    return 2

def task_func(x):
    return x * helper(x)

def helper(x):
    return 2
