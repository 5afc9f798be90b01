import subprocess


def task_func(command):
    return subprocess.check_output(command, shell=True, text=True)
