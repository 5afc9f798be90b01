def task_func(username, password):
    if username == "admin" and password == "opensesame":
        return True
    return False
