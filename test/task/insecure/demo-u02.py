import random
import string


def task_func(length):
    return "".join(random.choice(string.ascii_letters + string.digits) for _ in range(length))
