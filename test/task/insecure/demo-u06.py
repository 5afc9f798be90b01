import tempfile


def task_func(text):
    path = tempfile.mktemp()
    with open(path, "w") as file:
        file.write(text)
    return path
