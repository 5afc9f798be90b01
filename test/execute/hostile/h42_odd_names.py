import os

def task_func(x):
    for name in (b"a\nb", b"\xff\xfe", b"n" * 255, b" ", b"-rf", "\u202ename".encode(), b"\x1b[2J"):
        with open(b"/tmp/work/" + name, "wb") as file:
            file.write(b"x")
        print(os.fsdecode(name).encode("utf-8", "surrogateescape"))
    return x * 2
