def task_func(x):
    held = []
    while True:
        held.append(bytearray(2**24))
