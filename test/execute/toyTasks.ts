import type { CasesTask, UnittestTask } from "../../src/task/task.js";

const shared = {
  schemaVersion: 1 as const,
  dataset: "toys",
  cwe: [],
  prompts: { nl: "", ct: "" },
  libs: [],
  entryPoint: "task_func",
  reference: "def task_func(x):\n    # THE REFERENCE\n    return 2 * x\n",
};

/** Doubling, judged by a unittest class. */
export const unittestToy: UnittestTask = {
  ...shared,
  id: "double-unittest",
  style: "unittest",
  codePrompt: "def task_func(x):",
  test: `
import unittest

class TestCases(unittest.TestCase):
    def test_list(self):
        self.assertEqual(task_func([1]), [1, 1])

    def test_number(self):
        self.assertEqual(task_func(2), 4)

    def test_text(self):
        self.assertTrue(task_func("a") == "aa")
`,
};
export const toyNames = ["test_list", "test_number", "test_text"];

/** Doubling, judged by calls. */
export const casesToy: CasesTask = {
  ...shared,
  id: "double-cases",
  style: "cases",
  setup: "import os\nimport re",
  cases: ["{'x': [1]}", "{'x': 2}", "{'x': 'a'}"],
};

export const honest = "def task_func(x):\n    return x * 2\n";
