import { describe, expect, test } from "vitest";
import { findPython } from "../../src/process/findPython.js";
import { BigCodeBenchLine, bigCodeBenchTask } from "../../src/task/bigCodeBench.js";
import { loadTasks } from "../../src/task/loadTasks.js";
import { testNames } from "../../src/task/testNames.js";

const line: BigCodeBenchLine = {
  task_id: "BigCodeBench/9999",
  complete_prompt: 'import os\n\ndef task_func(a):\n    """Doc."""\n',
  instruct_prompt: "Do it.",
  code_prompt: "import os\ndef task_func(a):\n",
  canonical_solution: "    return a\n",
  test: "import unittest\n",
  entry_point: "task_func",
  libs: "['os', 'flask_login']",
};

test("a line becomes a unittest task whose reference is code prompt and canonical solution", () => {
  expect(bigCodeBenchTask(line)).toEqual({
    schemaVersion: 1,
    style: "unittest",
    dataset: "bigcodebench",
    id: "BigCodeBench/9999",
    cwe: [],
    prompts: { nl: "Do it.", ct: line.complete_prompt },
    entryPoint: "task_func",
    reference: "import os\ndef task_func(a):\n    return a\n",
    libs: ["os", "flask_login"],
    codePrompt: line.code_prompt,
    test: line.test,
  });
});

test("a list of modules that is not a Python list of strings is refused", () => {
  expect(BigCodeBenchLine.safeParse({ ...line, libs: "[]" }).success).toBe(true);
  for (const libs of ["os", "['os'", "[os]", "['os',, 'csv']"]) {
    expect(BigCodeBenchLine.safeParse({ ...line, libs }).success, libs).toBe(false);
  }
});

describe.skipIf(process.env["SAFELAB_DATA"] === undefined)("the published data set", () => {
  test("has 1,140 tasks with the publisher's ids and modules without quotes", async () => {
    const { tasks } = await loadTasks("bigcodebench");
    expect(tasks.map((task) => task.id)).toEqual(tasks.map((_, index) => `BigCodeBench/${index}`));
    expect(tasks).toHaveLength(1140);
    expect(tasks[4]?.libs).toEqual(["collections", "itertools"]);
    expect(tasks.flatMap((task) => task.libs).filter((lib) => !/^[A-Za-z_][\w.]*$/.test(lib))).toEqual([]);
  });

  // grep -c counts 6,430 "def test": 3 stand in BigCodeBench/790's second class, 2 in nested functions, 5 are redefined.
  test("has 6,420 test cases: those that unittest's loader collects from TestCases", async () => {
    const { tasks } = await loadTasks("bigcodebench");
    const names = await testNames(tasks, (await findPython()).executable);
    const count = (id: number) => names.get(`BigCodeBench/${id}`)?.length;
    expect(tasks.reduce((sum, task) => sum + (names.get(task.id)?.length ?? 0), 0)).toBe(6420);
    expect([count(4), count(719), count(790), count(804)]).toEqual([8, 5, 6, 5]);
  });
});
