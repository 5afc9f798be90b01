calls = []

def task_func(x):
    calls.append(x)
    return x * 2 if len(calls) > 1 else None
