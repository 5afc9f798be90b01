"""Looks at reference solutions without running them.

stdin: JSON list of {"codes": [text], "entryPoint": text, "cases": [text]}. stdout: JSON list of {"parses": [bool], "defined": bool, "unfit":
number}: whether each code parses, whether the first defines the entry point at its top level, and how many cases name an
argument that this function does not take or leave out one that it needs.
"""

import ast
import json
import sys


def tree_of(code):
    try:
        return ast.parse(code)
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return None


def fits(function, names):
    given = function.args
    positional = [each.arg for each in given.posonlyargs + given.args]
    required = positional[: len(positional) - len(given.defaults)] + [
        each.arg for each, default in zip(given.kwonlyargs, given.kw_defaults) if default is None
    ]
    allowed = {*positional, *[each.arg for each in given.kwonlyargs]}
    return (given.kwarg is not None or names <= allowed) and set(required) <= names


def look(asked):
    trees = [tree_of(code) for code in asked["codes"]]
    body = trees[0].body if trees and trees[0] is not None else []
    functions = [
        node
        for node in body
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name == asked["entryPoint"]
    ]
    unfit = 0
    if functions:
        unfit = sum([not fits(functions[-1], set(ast.literal_eval(case))) for case in asked["cases"]])
    return {"parses": [tree is not None for tree in trees], "defined": bool(functions), "unfit": unfit}


json.dump([look(asked) for asked in json.load(sys.stdin)], sys.stdout)
