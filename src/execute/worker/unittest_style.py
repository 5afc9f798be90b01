"""Style "unittest": sample and tests share one child, which reports over a sealed pipe to the parent.

The sample runs in the process that judges it, so a sample written against this very file can forge its report. What is
known of forgeries is met by the checks in guard.py; what is left is named in environment.md.
"""

import builtins

__builtins__ = dict(vars(builtins))  # samples patch the other one

import contextlib
import hashlib
import os
import select
import sys
import time
import types
from functools import WRAPPER_ASSIGNMENTS

from guard import CANARIES, changed, codes_in, foreign_test, is_liar, is_test_class, judged, silent_canary, snapshot
from pristine import confine, fresh_module, name_of, text_of, write_all
from watch import fork

NAMESPACE = "__test__"
KEY_BYTES = 32
START_SECONDS = 30

_exit, _getpid, _perf, _cpu = os._exit, os.getpid, time.perf_counter, time.process_time
_blake2b, _urandom = hashlib.blake2b, os.urandom
_function_type, _recursion_limit, _set_recursion_limit = (
    types.FunctionType,
    sys.getrecursionlimit,
    sys.setrecursionlimit,
)


def sealed_report(fd):
    """A function that writes one report to the parent, sealed with a key that no Python object holds in the clear."""
    key = _urandom(KEY_BYTES)
    write_all(fd, key)
    seal = _blake2b(key=key, digest_size=16)
    del key
    count, own = 0, _getpid()

    def report(*fields):
        nonlocal count
        if _getpid() != own:  # a copy of this process that the sample made
            _exit(0)
        count += 1
        line = b" ".join([b"x" + str(field).encode("utf-8", "surrogatepass").hex().encode("ascii") for field in fields])
        mac = seal.copy()
        mac.update(b"%d " % count + line)
        write_all(fd, mac.hexdigest().encode("ascii") + b" " + line + b"\n")

    return report


def watched(function, tampered):
    """The entry point, with its results looked at. Recursive calls pass through here too and get the frames for it."""
    if type(function) is not _function_type or function.__code__.co_flags & 0x2A0:  # generators and coroutines
        return function
    if function.__name__ in function.__code__.co_names:
        _set_recursion_limit(2 * _recursion_limit())

    def entry_point(*args, **kwargs):
        value = function(*args, **kwargs)
        if is_liar(value):
            tampered("the sample returned an object that pretends to equal or to be something else")
        return value

    for name in WRAPPER_ASSIGNMENTS:
        with contextlib.suppress(AttributeError):
            setattr(entry_point, name, getattr(function, name))
    entry_point.__dict__.update(function.__dict__)
    entry_point.__wrapped__ = function
    return entry_point


def unittest_child(request, fd, go, output):
    confine(request, output)
    report = sealed_report(fd)
    if os.read(go, 1) == b"":
        _exit(1)
    os.close(go)
    names = sorted(request["names"])
    test_code = compile(request["test"], f"{NAMESPACE}.py", "exec", dont_inherit=True)
    codes = codes_in(test_code)
    if "mock" in request["test"] or "mock" in request["code"]:
        import unittest.mock  # noqa: F401 (loaded before the snapshot)
    pristine = snapshot()

    def tampered(reason):
        report("tampered", reason)
        _exit(0)

    def check(moment, canaries):
        difference = changed(pristine)
        if difference is not None:
            tampered(f"{difference} was changed {moment}")
        silent = silent_canary(canaries)
        if silent is not None:
            tampered(f"the test {silent} that must fail did not fail {moment}")

    def broken(what, thrown):
        report("notLoaded", f"{what}: {name_of(thrown)}: {text_of(thrown)}")
        report("done")
        _exit(0)

    check("before the sample was loaded", CANARIES)
    report("begun", round(_cpu() * 1000, 1))
    module = fresh_module(NAMESPACE)
    # The names that BigCodeBench's own evaluator provides.
    module.__dict__.update({"sys": sys, "os": os, "environ": os.environ})
    try:
        exec(compile(request["code"], f"{NAMESPACE}.py", "exec", dont_inherit=True), module.__dict__)
    except BaseException as thrown:
        broken("the sample did not load", thrown)
    check("by loading the sample", CANARIES)
    entry_point = request["entryPoint"]
    if entry_point in module.__dict__:
        module.__dict__[entry_point] = watched(module.__dict__[entry_point], tampered)
    try:
        exec(test_code, module.__dict__)
        test_class = module.__dict__["TestCases"]
    except BaseException as thrown:
        broken("the tests did not load", thrown)
    if not is_test_class(test_class):
        tampered("TestCases is not a unittest.TestCase")
    foreign = foreign_test(test_class, names, codes)
    if foreign is not None:
        tampered(f"the test {foreign} was replaced")
    check("by loading the tests", CANARIES)
    report("loaded")

    try:
        test_class.setUpClass()
    except BaseException as thrown:
        broken("setUpClass", thrown)
    for number, name in enumerate(names):
        report("start", name)
        started = _perf()
        result = judged(test_class(name))
        ms = round((_perf() - started) * 1000, 1)
        foreign = foreign_test(test_class, names, codes)
        if foreign is not None:
            tampered(f"the test {foreign} was replaced during {name}")
        check(f"during {name}", [CANARIES[number % len(CANARIES)], CANARIES[0]])
        report("end", name, result.outcome or "errored", result.message, ms)
    try:
        test_class.tearDownClass()
        test_class.doClassCleanups()
        if test_class.tearDown_exceptions:
            raise test_class.tearDown_exceptions[0][1]
    except BaseException as thrown:
        report("classFailed", f"tearDownClass: {name_of(thrown)}: {text_of(thrown)}")
    check("by the end of the tests", CANARIES)
    report("done")
    _exit(0)


class Unsealed(Exception):
    pass


class SealedReader:
    """Checks the seal of every line of a child and gives its fields."""

    def __init__(self, key, use):
        self.buffer, self.key, self.count, self.use = b"", key, 0, use

    def take(self, data):
        self.buffer += data
        while b"\n" in self.buffer:
            line, self.buffer = self.buffer.split(b"\n", 1)
            self.count += 1
            mac, _, body = line.partition(b" ")
            expected = hashlib.blake2b(b"%d " % self.count + body, key=self.key, digest_size=16).hexdigest()
            if mac != expected.encode("ascii"):
                raise Unsealed
            self.use([bytes.fromhex(part[1:].decode()).decode("utf-8", "replace") for part in body.split(b" ")])


def run_unittest(keeper):
    """The keeper's part; returns the child's part in a child."""
    request, output, tell = keeper.request, keeper.output, keeper.tell
    go, start = os.pipe()
    pid, fd = fork([go, output.writing])
    if pid == 0:
        return lambda: unittest_child(request, fd, go, output.writing)
    os.close(go)
    key = os.read(fd, KEY_BYTES) if select.select([fd], [], [], START_SECONDS)[0] else b""
    if len(key) < KEY_BYTES:
        keeper.crowd.end()
        output.drain()
        raise RuntimeError(f"the child was not set up: {output.text()[-1000:]}")
    tell("ready")
    keeper.start()
    os.write(start, b"1")
    os.close(start)
    broken = False

    def use(fields):
        kind, *rest = fields
        if kind == "end":
            tell("end", name=rest[0], outcome=rest[1], message=rest[2], ms=float(rest[3]))
        elif kind == "begun":
            tell("begun", cpuMs=float(rest[0]))
        elif kind == "start":
            tell("start", name=rest[0])
        elif kind in ("tampered", "notLoaded", "classFailed"):
            tell(kind, reason=rest[0])
        elif kind in ("loaded", "done"):
            tell(kind)

    reader = SealedReader(key, use)

    def take(data):
        nonlocal broken
        if not broken:
            try:
                reader.take(data)
            except Unsealed:
                broken = True
                tell("tampered", reason="something else than the harness wrote on the report channel")

    end = keeper.watch.wait(pid, fd, take)
    if reader.buffer and not broken and not keeper.watch.timed_out:
        tell("tampered", reason="the report channel ends within a line")
    keeper.crowd.end()
    tell("exit", **end)
    return None
