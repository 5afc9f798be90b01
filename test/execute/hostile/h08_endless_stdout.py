def task_func(x):
    while True:
        print("x" * 1000)
