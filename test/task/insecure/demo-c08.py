import os


def through_file(text):
    path = "/tmp/data.txt"
    with open(path, "w") as file:
        file.write(text)
    with open(path) as file:
        content = file.read()
    os.remove(path)
    return content
