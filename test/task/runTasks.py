"""Runs trusted code against tasks, plainly and in one process: each job in a temporary folder of its own.

stdin: JSON list of {"task": Task, "code": text}. stdout: JSON list: for unittest tasks {"names", "failures"},
for cases tasks {"results"}, the repr of each call's result.
"""

import ast
import contextlib
import copy
import io
import json
import os
import sys
import tempfile
import types
import unittest


def run_unittest(task, code):
    module = types.ModuleType("sample")
    exec(compile(code + "\n\n" + task["test"], task["id"], "exec"), module.__dict__)
    suite = unittest.TestLoader().loadTestsFromTestCase(module.TestCases)
    names = [test.id().split(".")[-1] for test in suite]
    result = unittest.TestResult()
    suite.run(result)
    return {"names": names, "failures": [text for _, text in result.failures + result.errors]}


def run_cases(task, code):
    names = {}
    exec(task["setup"], names)
    exec(compile(code, task["id"], "exec"), names)
    function = names[task["entryPoint"]]
    return {"results": [repr(function(**copy.deepcopy(ast.literal_eval(case)))) for case in task["cases"]]}


# Commands that a task runs print as well: what they print is no answer.
out = os.dup(1)
os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
answers = []
for job in json.load(sys.stdin):
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
        os.chdir(folder)
        run = run_unittest if job["task"]["style"] == "unittest" else run_cases
        answers.append(run(job["task"], job["code"]))
        os.chdir("/")
with os.fdopen(out, "w") as file:
    json.dump(answers, file)
