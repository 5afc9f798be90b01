import { expect, test } from "vitest";
import type { ExecuteJob } from "../../src/execute/executeSamples.js";
import { importedOften } from "../../src/execute/importedOften.js";
import { longestFirst } from "../../src/execute/longestFirst.js";
import type { Execution } from "../../src/record/schema/execution.js";
import { casesToy, unittestToy } from "./toyTasks.js";

const job = (id: string, text = ""): ExecuteJob => ({ task: { ...unittestToy, id }, testHash: id, text, names: [] });
const took = (task: string, seconds: number): Execution => ({
  ...{ schemaVersion: 1, dataset: "toys", task, testHash: "other", environment: "e", status: "passed", reason: "" },
  ...{ cases: [], output: "", seconds, peakMiB: null },
});
const order = (jobs: readonly ExecuteJob[], executions: readonly Execution[] = []) =>
  longestFirst(jobs, executions).map(({ testHash }) => testHash);

test("what took longest before is started first", () => {
  expect(order([job("a"), job("b"), job("c")], [took("a", 1), took("b", 9), took("b", 2)])).toEqual(["b", "a", "c"]);
});

test("of what was never executed, sleepers and users of heavy libraries go first, the others stay in order", () => {
  const jobs = [job("a"), job("b"), job("c", "import time\ntime.sleep(3)"), job("d", "import tensorflow as tf")];
  expect(order(jobs)).toEqual(["c", "d", "a", "b"]);
});

test("modules that many tasks import are imported ahead, the most frequent first; TensorFlow never is", () => {
  const tasks = Array.from({ length: 20 }, (_, index) => ({
    ...unittestToy,
    codePrompt: [
      "import tensorflow as tf",
      index < 10 ? "from sklearn.svm import SVC" : "    import numpy as np",
      index < 4 ? "import rare" : "",
    ].join("\n"),
  }));
  expect(importedOften([...tasks, { ...casesToy, setup: "" }])).toEqual(["unittest", "numpy", "sklearn.svm"]);
});
