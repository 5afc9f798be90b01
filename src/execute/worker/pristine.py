"""What the children use, taken before anything of the sample is loaded."""

import builtins

__builtins__ = dict(vars(builtins))  # samples patch the other one

import contextlib
import os
import resource
import sys
import types

try:
    from _json import encode_basestring_ascii as json_string
except ImportError:
    from json.encoder import encode_basestring_ascii as json_string

REPORT_FD = 3
MESSAGE_CHARACTERS = 500

_write, _modules, _module_type = os.write, sys.modules, types.ModuleType
_name_of_class = type.__dict__["__name__"].__get__


def write_all(fd, data):
    view = memoryview(data)
    while view:
        view = view[_write(fd, view) :]


def text_of(thrown, limit=MESSAGE_CHARACTERS):
    """The message of an exception whose own methods may misbehave."""
    try:
        text = str(thrown)
        if type(text) is not str:
            text = str.__str__(text)
        return text[:limit]
    except BaseException:
        return "<no message: str() of the exception failed>"


def name_of(thrown):
    name = _name_of_class(type(thrown))
    return name[:200]


def allow_inspection():
    """A child may look at itself in /proc; the flag is its own after the fork."""
    with contextlib.suppress(Exception):
        import ctypes

        ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)  # PR_SET_DUMPABLE


def limit(kind, value):
    hard = resource.getrlimit(kind)[1]
    bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(kind, (bound, bound))


def confine(request):
    """Gives up stdin, the parent's report and the right to more than the limits."""
    limits = request["limits"]
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)
    os.close(REPORT_FD)
    allow_inspection()
    with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w") as score:
        score.write("1000")
    limit(resource.RLIMIT_CORE, 0)
    cpu = max(1, round(limits["cpuSeconds"]))
    with contextlib.suppress(ValueError):
        resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 1))
    with contextlib.suppress(ValueError):
        limit(resource.RLIMIT_AS, limits["memoryMib"] * 2**20)
    limit(resource.RLIMIT_FSIZE, limits["fileMib"] * 2**20)
    limit(resource.RLIMIT_NOFILE, 256)
    if request["isolated"]:
        os.setsid()
        # Counted per user: without a user of its own the host's other processes would count.
        limit(resource.RLIMIT_NPROC, limits["processes"])


def fresh_module(name):
    module = _module_type(name)
    module.__dict__.update({"__builtins__": builtins, "__file__": f"{name}.py", "__package__": None, "__doc__": None})
    _modules[name] = module
    return module
