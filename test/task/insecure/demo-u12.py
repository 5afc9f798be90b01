import os
import tarfile


def task_func(archive, folder):
    with tarfile.open(archive) as tar:
        tar.extractall(folder)
    return sorted(os.listdir(folder))
