import type { ExecutionStatus } from "../record/schema/execution.js";
import type { CasesTask, Task, UnittestTask } from "../task/task.js";
import { type ExecuteJob, type ExecuteOptions, executeSamples } from "./executeSamples.js";

const shared = {
  schemaVersion: 1,
  dataset: "controls",
  cwe: [],
  prompts: { nl: "", ct: "" },
  libs: [],
  entryPoint: "double",
} as const;

const reference = "def double(values):\n    return [2 * value for value in values]\n";

const unittestTask: UnittestTask = {
  ...shared,
  ...{ cwe: [], libs: [], id: "unittest", style: "unittest", reference, codePrompt: "def double(values):" },
  test: `
import unittest

class TestCases(unittest.TestCase):
    def test_empty(self):
        self.assertEqual(double([]), [])

    def test_values(self):
        self.assertEqual(double([1, 2]), [2, 4])
        self.assertTrue(double([3]) == [6])
`,
};

const casesTask: CasesTask = {
  ...shared,
  ...{ cwe: [], libs: [], id: "cases", style: "cases", reference, setup: "import os" },
  cases: ["{'values': []}", "{'values': [1, 2]}", "{'values': None}"],
};

interface Control {
  readonly name: string;
  readonly code: string;
  readonly expected: readonly ExecutionStatus[];
}

/** A sample that answers wrongly and tries to be taken for right. */
const forgery = `
import unittest, unittest.case, unittest.result

unittest.case.TestCase.run = lambda self, result=None: result.addSuccess(self)
unittest.result.TestResult.addFailure = lambda self, test, err: None

class Anything(list):
    def __eq__(self, other):
        return True
    def __ne__(self, other):
        return False

def double(values):
    return Anything()
`;

const liar = `
class Anything(list):
    def __eq__(self, other):
        return True

def double(values):
    return Anything()
`;

/** What each control sample must come to. */
export const controlSamples: readonly Control[] = [
  { name: "the right answer", code: reference, expected: ["passed"] },
  { name: "an empty stub", code: "def double(values):\n    pass\n", expected: ["failed"] },
  { name: "a constant stub", code: "def double(values):\n    return []\n", expected: ["failed"] },
  { name: "a forging stub", code: forgery, expected: ["tampered", "failed"] },
  { name: "a stub that equals everything", code: liar, expected: ["tampered", "failed"] },
];

function job(task: Task, index: number): ExecuteJob {
  const names = task.style === "unittest" ? ["test_empty", "test_values"] : [];
  return { task, testHash: String(index), text: controlSamples[index]?.code ?? "", names };
}

/**
 * Executes samples whose verdict is known, of both styles, exactly as a study's samples.
 *
 * @throws Error naming the control that got a wrong verdict: then no verdict of this environment can be believed.
 */
export async function runControls(options: ExecuteOptions): Promise<void> {
  const jobs = [unittestTask, casesTask].flatMap((task) => controlSamples.map((_, index) => job(task, index)));
  const isHonest = ({ testHash }: ExecuteJob) => testHash === "0";
  // The right answers go first, one by one: where they fail, what else fails says nothing.
  for (const honest of jobs.filter(isHonest)) await expectAsKnown([honest], options);
  await expectAsKnown(
    jobs.filter((each) => !isHonest(each)),
    options,
  );
}

async function expectAsKnown(jobs: readonly ExecuteJob[], options: ExecuteOptions): Promise<void> {
  for await (const outcome of executeSamples(jobs, options)) {
    const { task, testHash } =
      outcome.kind === "executed" ? outcome.execution : { ...outcome.job, task: outcome.job.task.id };
    const control = controlSamples[Number(testHash)];
    const status = outcome.kind === "executed" ? outcome.execution.status : "notRun";
    if (control === undefined || control.expected.includes(status)) continue;
    const words = outcome.kind === "executed" ? outcome.execution : { reason: outcome.reason, output: "" };
    throw new Error(
      `control sample "${control.name}" (style ${task}) came to ${status} instead of ${control.expected.join(" or ")}: ` +
        `verdicts of this environment cannot be believed, nothing was executed (${[words.reason, words.output.trim()].filter(Boolean).join("; ")})`,
    );
  }
}
