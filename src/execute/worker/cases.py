"""Style "cases": one child a case; values leave as plain data and are compared elsewhere."""

import builtins

__builtins__ = dict(vars(builtins))  # samples patch the other one

import ast
import contextlib
import os
import time

from pristine import confine, fresh_module, json_string, name_of, text_of, write_all
from watch import fork

VALUE_CHARACTERS = 2 * 1024 * 1024
VALUE_DEPTH = 100
CONFINED = b"+"

_exit, _getpid, _perf, _literal_eval = os._exit, os.getpid, time.perf_counter, ast.literal_eval


class TooBig(Exception):
    pass


def encode(value, budget, depth=0):
    """JSON text of a value of exactly a built-in type; anything else is opaque. `budget` is a list of one number."""
    kind = type(value)
    if value is None:
        text = '{"t":"none"}'
    elif kind is bool:
        text = '{"t":"bool","v":%s}' % ("true" if value else "false")
    elif kind is int:
        text = '{"t":"int","v":"%s"}' % hex(value)
    elif kind is float:
        text = '{"t":"float","v":"%s"}' % value.hex()
    elif kind is str:
        if len(value) > budget[0]:
            raise TooBig
        text = '{"t":"str","v":%s}' % json_string(value)
    elif kind is bytes:
        if len(value) > budget[0]:
            raise TooBig
        text = '{"t":"bytes","v":"%s"}' % value.hex()
    elif depth >= VALUE_DEPTH:
        text = '{"t":"opaque","type":"nested too deeply"}'
    elif kind in (list, tuple, set, frozenset):
        inner = ",".join([encode(item, budget, depth + 1) for item in value])
        return '{"t":"%s","v":[%s]}' % (kind.__name__, inner)
    elif kind is dict:
        pairs = [
            "[%s,%s]" % (encode(key, budget, depth + 1), encode(item, budget, depth + 1)) for key, item in value.items()
        ]
        return '{"t":"dict","v":[%s]}' % ",".join(pairs)
    else:
        name = type.__dict__["__qualname__"].__get__(kind)
        text = '{"t":"opaque","type":%s}' % json_string(str.__str__(name)[:200])
    budget[0] -= len(text)
    if budget[0] < 0:
        raise TooBig
    return text


def encode_bounded(value):
    try:
        return encode(value, [VALUE_CHARACTERS])
    except TooBig:
        return '{"t":"tooBig"}'
    except (MemoryError, RecursionError, RuntimeError):
        return '{"t":"opaque","type":"cannot be read"}'


def encode_thrown(tag, thrown):
    return '{"t":"%s","type":%s,"message":%s}' % (
        tag,
        json_string(name_of(thrown)),
        json_string(text_of(thrown, 2000)),
    )


def case_child(request, index, fd, output):
    confine(request, output)
    own = _getpid()
    write_all(fd, CONFINED)
    arguments = _literal_eval(request["cases"][index])
    module = fresh_module("solution")
    try:
        exec(compile(request["setup"], "setup.py", "exec", dont_inherit=True), module.__dict__)
        exec(compile(request["code"], "solution.py", "exec", dont_inherit=True), module.__dict__)
        function = module.__dict__[request["entryPoint"]]
    except BaseException as thrown:
        text = encode_thrown("notLoaded", thrown)
    else:
        try:
            text = encode_bounded(function(**arguments))
        except BaseException as thrown:
            text = encode_thrown("raised", thrown)
    if _getpid() == own:  # not in a copy of this process that the sample made
        write_all(fd, text.encode("ascii"))
    _exit(0)


def import_ahead(setup):
    """Imports the libraries that the setup names, once for all cases; the setup itself runs in the children."""
    with contextlib.suppress(Exception):
        for node in ast.parse(setup).body:
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                names = [node.module]
            for name in names:
                with contextlib.suppress(Exception):
                    __import__(name)


def run_cases(keeper):
    """The keeper's part; returns the child's part in a child."""
    request, output, tell = keeper.request, keeper.output, keeper.tell
    tell("ready")
    import_ahead(request["setup"])
    keeper.start()
    for index in range(len(request["cases"])):
        if keeper.watch.is_over():
            return None
        tell("start", index=index)
        started = _perf()
        pid, fd = fork([output.writing])
        if pid == 0:
            return lambda: case_child(request, index, fd, output.writing)
        chunks = []
        end = keeper.watch.wait(pid, fd, chunks.append)
        ms = round((_perf() - started) * 1000, 1)
        keeper.crowd.end()
        text = b"".join(chunks)
        if not text.startswith(CONFINED):
            raise RuntimeError(f"the child of case {index + 1} was not set up: {output.text()[-1000:]}")
        if keeper.watch.timed_out:
            return None
        value = "" if end["tooMuch"] else text[len(CONFINED) :].decode("ascii", "replace")
        tell("end", index=index, ms=ms, value=value, **end)
    tell("done")
    return None
