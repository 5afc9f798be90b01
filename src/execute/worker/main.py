"""Runs samples: as the parent of a pool, or one sample in this very process's sandbox.

File descriptor 3 is a socket: one line of JSON comes first, the settings. A line `up` goes back when all is ready. From descriptor
FIRST_SLOT on there is a socket for each request at a time; keeper.py says what goes over it.
"""

import builtins

__builtins__ = dict(vars(builtins))  # samples patch the other one

import json
import os
import sys
import types

CONTROL, FIRST_SLOT = 3, 5


def harness_for():
    """What runs requests. Nothing of the harness can be imported by name afterwards."""
    sys.path[0:0] = [os.path.dirname(os.path.abspath(__file__))]
    from cases import run_cases
    from keeper import keep, read_line
    from pool import serve_stages
    from pristine import set_inspection
    from system_calls import filter_instructions
    from unittest_style import run_unittest

    del sys.path[0]
    for name in ("cases", "fixtures", "guard", "keeper", "kept", "namespaces", "pool", "pristine", "system_calls", "unittest_style", "watch"):
        sys.modules.pop(name, None)
    sys.modules["__main__"] = types.ModuleType("__main__")
    return types.SimpleNamespace(**locals())


def next_slot(harness, settings):
    """The channel of a request, in the process that is to keep it; None when there is nothing more to do."""
    if not settings["nested"]:
        return FIRST_SLOT
    return harness.serve_stages(CONTROL, FIRST_SLOT, settings)


def main():
    del sys.path[0]
    harness = harness_for()
    settings = json.loads(harness.read_line(CONTROL))
    harness.set_inspection(False)
    settings["filter"] = harness.filter_instructions() if settings["nested"] else None
    slot = next_slot(harness, settings)
    if slot is None:
        return None
    if settings["nested"]:
        for fd in (CONTROL, *range(FIRST_SLOT, FIRST_SLOT + len(settings["imports"]) * settings["slots"])):
            if fd != slot:
                os.close(fd)
    return harness.keep(slot, settings, {"unittest": harness.run_unittest, "cases": harness.run_cases})


# A child's work starts here, when no frame of the harness is left on its stack.
kept = sys.modules["__main__"]
child = main()
if child is not None:
    del main
    child()
os._exit(70 if child is not None else 0)
