"""Tells which files Python can parse. Reads {"directory", "hashes"} on stdin; prints a line "ready", then for each
hash, in order, one line [hash, reason], the reason null for a file that parses. Every line is flushed: after a crash
of the parser the first hash without a line is the one that caused it."""

import ast
import json
import os
import sys
import warnings


def reason_of(path):
    with open(path, "rb") as file:
        data = file.read()
    try:
        ast.parse(data)
    except SyntaxError as error:
        return "{}: {} (line {})".format(type(error).__name__, str(error.msg)[:300], error.lineno or 1)
    except (ValueError, RecursionError, MemoryError) as error:
        return "{}: {}".format(type(error).__name__, str(error)[:300] or "the code nests too deeply or is too large")
    return None


def main():
    warnings.simplefilter("ignore")
    asked = json.load(sys.stdin)
    print(json.dumps("ready"), flush=True)
    for name in asked["hashes"]:
        print(json.dumps([name, reason_of(os.path.join(asked["directory"], name + ".py"))]), flush=True)


main()
