"""Runs one sample inside the sandbox and reports on file descriptor 3.

stdin: the length of a JSON request on a line of its own, the request, a secret word on a line of its own.
fd 3:  lines of `SECRET JSON`, one an event. The first is `ready`, told before anything of the sample is looked at: without it
       the harness failed, and nothing is known of the sample.

This process (the parent) never loads the sample; forked children do, and tell the parent over a pipe of their own.
"""

import builtins

__builtins__ = dict(vars(builtins))  # samples patch the other one

import contextlib
import json
import os
import sys
import types

from pristine import REPORT_FD, write_all


def read_exactly(count):
    data = b""
    while len(data) < count:
        chunk = os.read(0, min(count - len(data), 1 << 20))
        if not chunk:
            raise SystemExit("the request was cut off")
        data += chunk
    return data


def read_line():
    line = b""
    while not line.endswith(b"\n"):
        line += read_exactly(1)
    return line[:-1]


def make_tell():
    secret = read_line().decode("ascii")

    def tell(event, **facts):
        write_all(REPORT_FD, f"{secret} {json.dumps({'event': event, **facts})}\n".encode("ascii"))

    return tell


def forbid_inspection():
    """Makes this process's memory and descriptors unreadable for processes of the same user."""
    with contextlib.suppress(Exception):
        import ctypes

        ctypes.CDLL(None, use_errno=True).prctl(4, 0, 0, 0, 0)  # PR_SET_DUMPABLE


def harness_for(style):
    """The function that runs a request. Nothing of the harness can be imported by name afterwards."""
    sys.path[0:0] = [os.path.dirname(os.path.abspath(__file__))]
    if style == "unittest":
        from unittest_style import run_unittest as run
    else:
        from cases import run_cases as run
    del sys.path[0]
    for name in ("cases", "guard", "pristine", "unittest_style", "watch"):
        sys.modules.pop(name, None)
    sys.modules["__main__"] = types.ModuleType("__main__")
    return run


def main():
    request = json.loads(read_exactly(int(read_line())))
    del sys.path[0]
    run = harness_for(request["style"])
    forbid_inspection()
    if not request["isolated"]:
        os.setsid()
    return run(request, make_tell)


# A child's work starts here, when no frame of the parent is left on its stack.
kept = sys.modules["__main__"]
child = main()
if child is not None:
    del main
    child()
    os._exit(70)
