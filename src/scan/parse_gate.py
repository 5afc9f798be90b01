"""Tells which files Python can parse, and where their comments stand. Reads {"directory", "hashes", "words"} on stdin; prints a line
"ready", then for each hash, in order, one line [hash, reason, comments]. The reason is null for a file that parses. The comments are told for
a file in which one of the words (a regular expression) stands: [start, end] of each, counted as JavaScript counts; null where nobody can be
sure that every reader sees the same comments. Every line is flushed: after a crash of the parser the first hash without a line is the one
that caused it."""

import ast
import io
import itertools
import json
import os
import re
import sys
import tokenize
import warnings

# What ends a line, or moves the columns of the first, for some readers and not for others.
ODD = re.compile("\r(?!\n)|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029\ufeff]")
# From Python 3.12 on; what stands between them was one text before, and is to readers of the older grammar.
FSTRING_START, FSTRING_END = [getattr(tokenize, name, None) for name in ("FSTRING_START", "FSTRING_END")]
TEXTS = (tokenize.STRING, tokenize.COMMENT, FSTRING_START)


def units(text):
    return len(text.encode("utf-16-le")) // 2


def comments_in(text):
    if ODD.search(text):
        return None
    lines = list(io.StringIO(text))
    starts = [0, *itertools.accumulate(map(units, lines))]
    found, depth = [], 0
    try:
        for kind, word, (row, column), _, _ in tokenize.generate_tokens(io.StringIO(text).readline):
            if kind == tokenize.ERRORTOKEN or (depth > 0 and kind in TEXTS):
                return None
            depth += (kind == FSTRING_START) - (kind == FSTRING_END)
            if kind == tokenize.COMMENT:
                start = starts[row - 1] + units(lines[row - 1][:column])
                found.append([start, start + units(word)])
    except (tokenize.TokenError, SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return found


def look_at(path, words):
    """The reason why a file does not parse, or None, and its comments."""
    with open(path, "rb") as file:
        data = file.read()
    try:
        ast.parse(data)
    except SyntaxError as error:
        return "{}: {} (line {})".format(type(error).__name__, str(error.msg)[:300], error.lineno or 1), None
    except (ValueError, RecursionError, MemoryError) as error:
        return "{}: {}".format(type(error).__name__, str(error)[:300] or "the code nests too deeply or is too large"), None
    text = data.decode("utf-8", "replace")
    return None, comments_in(text) if words.search(text) else []


def main():
    warnings.simplefilter("ignore")
    asked = json.load(sys.stdin)
    words = re.compile(asked["words"], re.IGNORECASE)
    print(json.dumps("ready"), flush=True)
    for name in asked["hashes"]:
        told = look_at(os.path.join(asked["directory"], name + ".py"), words)
        print(json.dumps([name, *told]), flush=True)


main()
