class Odd(BaseException):
    pass

def task_func(x):
    raise Odd
