"""Finds out whether a sample has tampered with what decides its tests."""

import builtins

__builtins__ = dict(vars(builtins))  # samples patch the other one

import contextlib
import sys
import types
import unittest
import unittest.case
import unittest.loader
import unittest.result
import unittest.suite
import warnings

from pristine import name_of, text_of

_modules, _function_type, _code_type = sys.modules, types.FunctionType, types.CodeType
_catch_warnings, _simplefilter = warnings.catch_warnings, warnings.simplefilter
_TestCase = unittest.case.TestCase
_run_case = _TestCase.run
_mro = type.__dict__["__mro__"].__get__


class Recorder:
    """The part of a TestResult that TestCase.run talks to, for one case."""

    shouldStop = failfast = buffer = tb_locals = False

    def __init__(self):
        self.outcome, self.message = None, ""

    def record(self, outcome, message):
        if self.outcome in (None, "passed"):
            self.outcome, self.message = outcome, message

    def startTest(self, test): ...

    def stopTest(self, test): ...

    def addDuration(self, test, elapsed): ...

    def addSuccess(self, test):
        if self.outcome is None:
            self.outcome = "passed"

    def addFailure(self, test, err):
        self.record("failed", f"{name_of(err[1])}: {text_of(err[1])}")

    def addError(self, test, err):
        self.record("errored", f"{name_of(err[1])}: {text_of(err[1])}")

    def addSubTest(self, test, subtest, err):
        if err is not None:
            self.addFailure(test, err)

    def addSkip(self, test, reason):
        self.record("skipped", text_of(reason))

    def addExpectedFailure(self, test, err):
        self.record("failed", "an expected failure counts as a failure")

    def addUnexpectedSuccess(self, test):
        self.record("failed", "an unexpected success counts as a failure")


class Canaries(_TestCase):
    """Tests that must fail whatever the sample is."""

    def equal(self):
        self.assertEqual([1, "a"], [1, "b"])

    def true(self):
        self.assertTrue(0)

    def false(self):
        self.assertFalse("x")

    def contained(self):
        self.assertIn("a", ("b",))

    def instance(self):
        self.assertIsInstance("1", int)

    def raises(self):
        with self.assertRaises(ValueError):
            pass

    def almost(self):
        self.assertAlmostEqual(1.0, 1.5)

    def error(self):
        raise RuntimeError("canary")

    def statement(self):
        assert len([1]) == 2


CANARIES = [name for name in vars(Canaries) if not name.startswith("_")]
CANARY_CODE = {name: vars(Canaries)[name].__code__ for name in CANARIES}


def judged(case):
    result = Recorder()
    try:
        _run_case(case, result)
    except BaseException as thrown:
        result.record("errored", f"{name_of(thrown)}: {text_of(thrown)}")
    return result


def silent_canary(names):
    """The first of these canaries that did not fail, if any."""
    for name in names:
        if vars(Canaries)[name].__code__ is not CANARY_CODE[name] or judged(Canaries(name)).outcome not in (
            "failed",
            "errored",
        ):
            return name
    return None


# Tests replace these for a while, and put them back; the harness does not use them.
REPLACEABLE = {"open", "print", "input", "exit", "quit", "help", "copyright", "credits", "license", "breakpoint", "_"}
GUARDED_MODULES = [
    builtins,
    unittest,
    unittest.case,
    unittest.result,
    unittest.suite,
    unittest.loader,
]


def function_in(value):
    """The function that a guarded value is or wraps, or None."""
    if type(value) in (staticmethod, classmethod):
        value = value.__func__
    return value if type(value) is _function_type else None


def snapshot():
    """Everything of unittest and the builtins that a verdict rests on; the insides of functions too, which can be exchanged alone."""
    classes = {
        kind
        for module in GUARDED_MODULES[1:]
        for kind in vars(module).values()
        if type(kind) is type and kind.__module__.startswith("unittest.")
    }
    of_modules = [
        (vars(module), f"{module.__name__}.{name}", name, value)
        for module in GUARDED_MODULES
        for name, value in vars(module).items()
        if name not in REPLACEABLE and isinstance(value, (type, _function_type, types.BuiltinFunctionType))
    ]
    of_classes = [(kind, dict(vars(kind))) for kind in (*classes, Recorder)]
    members = [(f"{kind.__name__}.{name}", value) for kind, own in of_classes for name, value in own.items()]
    functions = [
        (function, function.__code__, function.__defaults__, place)
        for place, value in [*[(place, value) for _, place, _, value in of_modules], *members]
        if (function := function_in(value)) is not None
    ]
    listed = [(module.__name__, module) for module in (*GUARDED_MODULES, sys)]
    return of_modules, of_classes, functions, listed


def changed(pristine):
    """The first guarded thing that is no longer what it was, or None. It is asked after every test, so it makes no objects."""
    of_modules, of_classes, functions, listed = pristine
    for name, module in listed:
        if _modules.get(name) is not module:
            return f"module {name}"
    for namespace, place, name, value in of_modules:
        if name not in namespace or namespace[name] is not value:
            return place
    for kind, members in of_classes:
        now = vars(kind)
        for name, value in members.items():
            if name not in now or now[name] is not value:
                return f"{kind.__name__}.{name}"
        for name in now:
            if name not in members and name not in ("_classSetupFailed", "_class_cleanups"):
                return f"{kind.__name__}.{name}"
    for function, code, defaults, place in functions:
        if function.__code__ is not code or function.__defaults__ is not defaults:
            return place
    return None


PROBES = (object(), 8191 * 131071 + 5, "\x00 no such text", 0.7310585786300049, (b"no", b"such"), [object], {"no": "such"})
# No value equals two of these.
UNEQUAL = (2, 3, "a", "b", [1], [2], (1,), {"k": 1})
PLAIN = (type(None), bool, int, float, complex, str, bytes, bytearray)


def is_mock(kind):
    """Mocks with a specification name another class, and tests rely on it."""
    mock = _modules.get("unittest.mock")
    return mock is not None and issubclass(kind, mock.NonCallableMock)


def is_liar(value, depth=0):
    """Whether a returned value claims to equal what it cannot equal, or to be of a class that it is not of."""
    kind = type(value)
    if kind in PLAIN:
        return False
    if kind in (list, tuple, set, frozenset, dict):
        if depth >= 3:
            return False
        parts = list(value)[:1000] + (list(value.values())[:1000] if kind is dict else [])
        return any([is_liar(part, depth + 1) for part in parts])
    with contextlib.suppress(Exception):
        if value.__class__ is not kind and not is_mock(kind):
            return True
    if kind.__eq__ is object.__eq__ and kind.__ne__ is object.__ne__:
        return False
    with _catch_warnings():
        _simplefilter("ignore")
        for probe in PROBES:
            with contextlib.suppress(Exception):
                if (value == probe) is True or (value != probe) is False:
                    return True
        equal = 0
        for probe in UNEQUAL:
            with contextlib.suppress(Exception):
                equal += (value == probe) is True
    return equal > 1


def is_test_class(value):
    return isinstance(value, type) and _TestCase in _mro(value)


def codes_in(code):
    found = [code]
    for constant in code.co_consts:
        if type(constant) is _code_type:
            found += codes_in(constant)
    return found


def foreign_test(test_class, names, codes):
    """The first test method that is not the one in the test's text, or None."""
    for name in names:
        function = None
        for kind in _mro(test_class):
            if name in vars(kind):
                function = vars(kind)[name]
                break
        while type(function) is _function_type and "__wrapped__" in function.__dict__:
            function = function.__dict__["__wrapped__"]
        if type(function) is not _function_type or not any([function.__code__ is code for code in codes]):
            return name
    return None
