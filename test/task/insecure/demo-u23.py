def task_func(password):
    return password == "swordfish"
