"""What the children use, taken before anything of the sample is loaded."""

import builtins

__builtins__ = dict(vars(builtins))  # samples patch the other one

import contextlib
import os
import resource
import signal
import sys
import types

try:
    import namespaces
except ImportError:  # an interpreter without ctypes
    namespaces = None
try:
    from _json import encode_basestring_ascii as json_string
except ImportError:
    from json.encoder import encode_basestring_ascii as json_string

MESSAGE_CHARACTERS = 500
PR_SET_DUMPABLE = 4

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


def set_inspection(allowed):
    """Whether processes of the same user may read this process's memory and descriptors; a child inherits it."""
    if namespaces is not None and sys.platform == "linux":
        namespaces.libc.prctl(PR_SET_DUMPABLE, int(allowed), 0, 0, 0)


def limit(kind, value):
    hard = resource.getrlimit(kind)[1]
    bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(kind, (bound, bound))


def limit_resources(limits, isolated):
    limit(resource.RLIMIT_CORE, 0)
    cpu = max(1, round(limits["cpuSeconds"]))
    with contextlib.suppress(ValueError):
        resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 1))
    with contextlib.suppress(ValueError):
        limit(resource.RLIMIT_AS, limits["memoryMib"] * 2**20)
    limit(resource.RLIMIT_FSIZE, limits["fileMib"] * 2**20)
    limit(resource.RLIMIT_NOFILE, 256)
    if isolated:
        # Counted per user: without a user of its own the host's other processes would count.
        limit(resource.RLIMIT_NPROC, limits["processes"])


def reseed():
    """Children of one parent would all draw the same numbers; the standard library's generator reseeds itself after a fork."""
    numpy = _modules.get("numpy")
    if numpy is not None:
        numpy.random.seed()


def confine(request, output):
    """Gives up what a child shares with the harness, and the right to more than the limits. `output` takes what it prints."""
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.close(output)
    os.setsid()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    set_inspection(True)
    with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w") as score:
        score.write("1000")
    if request["settings"]["nested"]:
        namespaces.become_nobody()
    limit_resources(request["limits"], request["settings"]["isolated"])
    if request["settings"]["nested"]:
        namespaces.give_up_capabilities()
        namespaces.allow_no_new_privileges()
        if request["settings"]["filter"] is not None:
            namespaces.install_filter(request["settings"]["filter"])
    reseed()


def fresh_module(name):
    module = _module_type(name)
    module.__dict__.update({"__builtins__": builtins, "__file__": f"{name}.py", "__package__": None, "__doc__": None})
    _modules[name] = module
    return module
