import ssl


def task_func():
    return ssl._create_unverified_context()
