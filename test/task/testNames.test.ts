import { expect, test } from "vitest";
import { InputError } from "../../src/error.js";
import { findPython } from "../../src/process/findPython.js";
import { calibrate } from "../../src/task/calibrate.js";
import type { CasesTask, UnittestTask } from "../../src/task/task.js";
import { taskFacts } from "../../src/task/taskFacts.js";
import { testNames } from "../../src/task/testNames.js";
import { runTasks } from "./runTasks.js";

const unittest = (id: string, body: string): UnittestTask => ({
  schemaVersion: 1,
  style: "unittest",
  dataset: "d",
  id,
  cwe: [78],
  prompts: { nl: "", ct: "" },
  entryPoint: "task_func",
  reference: "def task_func():\n    return 1\n",
  libs: [],
  codePrompt: "import os\ndef task_func():\n",
  test: `import unittest\n${body}`,
});
const cases: CasesTask = {
  schemaVersion: 1,
  style: "cases",
  dataset: "d",
  id: "calls",
  cwe: [],
  prompts: { nl: "", ct: "" },
  entryPoint: "same",
  reference: "def same(n):\n    return n\n",
  libs: [],
  setup: "",
  cases: ["{'n': 1}", "{'n': 2}"],
};

const shapes = [
  unittest(
    "sorted, redefined once",
    `
class TestCases(unittest.TestCase):
    def test_b(self): pass
    def test_a(self): pass
    def test_a(self): pass
    def testless(self): pass
    def helper(self): pass
    test_data = [1, 2]
    @property
    def other(self): pass
`,
  ),
  unittest(
    "inherited",
    `
class Plain:
    def test_plain(self): pass
class Base(Plain, unittest.TestCase):
    def test_base(self): pass
    def test_dropped(self): pass
class Unrelated(unittest.TestCase):
    def test_unrelated(self): pass
class TestCases(Base):
    test_dropped = None
    def test_own(self):
        def test_nested(): pass
    test_alias = test_own
`,
  ),
];

test("names are those that unittest's loader collects: inherited ones too, without redefinitions and other classes", async () => {
  const names = await testNames(shapes, (await findPython()).executable);
  expect([...names.values()]).toEqual([
    ["test_a", "test_b", "testless"],
    ["test_alias", "test_base", "test_own", "test_plain"],
  ]);
  const loaded = await runTasks(shapes.map((task) => ({ task, code: task.reference })));
  expect(loaded.map((answer) => ("names" in answer ? answer.names : []))).toEqual([...names.values()]);
});

test("the tests are parsed and never run", async () => {
  const task = unittest("quit", "raise SystemExit\nclass TestCases(unittest.TestCase):\n    def test_a(self): pass\n");
  expect((await testNames([task], (await findPython()).executable)).get("quit")).toEqual(["test_a"]);
});

test("cases are numbered from 1, and need no interpreter", async () => {
  expect(await testNames([cases], "/no/python")).toEqual(new Map([["calls", ["case 1", "case 2"]]]));
});

test.each([
  ["class TestCases(:\n", "does not parse"],
  ["class Other: pass\n", "defines no class TestCases"],
  ["class TestCases(unittest.TestCase): pass\n", "has no test method"],
])("a test that holds no case is an input error that names the task: %j", async (body, message) => {
  const names = testNames([unittest("odd", body)], (await findPython()).executable);
  await expect(names).rejects.toThrow(InputError);
  await expect(names).rejects.toThrow(new RegExp(`task d odd: .*${message}`));
});

test("tasks of two data sets that share an id are not mixed up in one answer", async () => {
  await expect(testNames([cases, { ...cases, dataset: "e" }], "/no/python")).rejects.toThrow("share an id");
});

test("calibration puts the code prompt with an empty body before code of unittest tasks only", () => {
  expect(calibrate(unittest("u", ""), "x = 1\n")).toBe("import os\ndef task_func():\n\n    pass\nx = 1\n");
  expect(calibrate(cases, "x = 1\n")).toBe("x = 1\n");
});

test("task facts carry the label and the number of cases, no prompt and no code", () => {
  expect(taskFacts(unittest("u", ""), 5)).toEqual({ schemaVersion: 1, dataset: "d", task: "u", cwe: [78], cases: 5 });
});
