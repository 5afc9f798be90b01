"""Reads Python literals and the test files of SecCodePLT+ without running them.

stdin: JSON {"literals": [text], "tests": [text]}. stdout: JSON {"literals": [{"json": text} or {"error": text}], "tests": [{"function":
text, "cases": [text]} or {"error": text}]}; a case is the `repr` of its dictionary.
"""

import ast
import json
import sys


def literal(text):
    try:
        return {"json": json.dumps(ast.literal_eval(text))}
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError) as thrown:
        return {"error": f"{type(thrown).__name__}: {thrown}"}


def assigned(tree, name):
    for node in tree.body:
        if isinstance(node, ast.Assign) and any([isinstance(t, ast.Name) and t.id == name for t in node.targets]):
            return ast.literal_eval(node.value)
    raise ValueError(f"no {name} is assigned")


def test_file(text):
    try:
        tree = ast.parse(text)
        function, cases = assigned(tree, "function"), assigned(tree, "test_cases")
        if not isinstance(function, str) or not function.isidentifier():
            raise ValueError("function is no name")
        if not isinstance(cases, list) or not all([isinstance(case, dict) for case in cases]):
            raise ValueError("test_cases is no list of dictionaries")
        return {"function": function, "cases": [repr(case) for case in cases]}
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError) as thrown:
        return {"error": f"{type(thrown).__name__}: {thrown}"}


asked = json.load(sys.stdin)
json.dump(
    {"literals": [literal(text) for text in asked["literals"]], "tests": [test_file(text) for text in asked["tests"]]},
    sys.stdout,
)
