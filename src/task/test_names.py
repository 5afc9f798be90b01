"""Names of the test methods that unittest's loader finds in class TestCases, read from the source: nothing is executed.

stdin: JSON list of source texts. stdout: JSON list, for each {"names": [...]} in the loader's order or {"error": "..."}.
"""

import ast
import json
import sys


def bound_names(target):
    return [node.id for node in ast.walk(target) if isinstance(node, ast.Name)]


def methods(name, classes, seen=()):
    """Names of the methods of a class and of its bases in the same file."""
    found = set()
    if name not in classes or name in seen:
        return found
    node = classes[name]
    for base in node.bases:
        if isinstance(base, ast.Name):
            found |= methods(base.id, classes, (*seen, name))
    for statement in node.body:
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
            found.add(statement.name)
        elif isinstance(statement, (ast.Assign, ast.AnnAssign)) and statement.value is not None:
            value = statement.value
            callable_ = isinstance(value, ast.Lambda) or isinstance(value, ast.Name) and value.id in found
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            for target in [name for target in targets for name in bound_names(target)]:
                found.add(target) if callable_ else found.discard(target)
    return found


def test_names(source):
    try:
        module = ast.parse(source)
    except (SyntaxError, ValueError) as error:
        return {"error": f"the test does not parse ({error})"}
    classes = {node.name: node for node in module.body if isinstance(node, ast.ClassDef)}
    if "TestCases" not in classes:
        return {"error": "the test defines no class TestCases"}
    names = sorted(name for name in methods("TestCases", classes) if name.startswith("test"))
    return {"names": names} if names else {"error": "class TestCases has no test method"}


json.dump([test_names(source) for source in json.load(sys.stdin)], sys.stdout)
