import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { SetupError } from "../../src/error.js";
import { defaultLimits } from "../../src/execute/defaultLimits.js";
import { type ExecuteJob, type ExecuteOptions, executeSamples } from "../../src/execute/executeSamples.js";
import { findInterpreter } from "../../src/execute/interpreter.js";
import type { Isolation } from "../../src/execute/isolation.js";
import type { CasesTask } from "../../src/task/task.js";
import { readyThenGone, standIn } from "./standIn.js";
import { casesToy, honest, toyNames, unittestToy } from "./toyTasks.js";

const interpreter = await findInterpreter();
const none: Isolation = { kind: "none" };

async function outcomes(job: Omit<ExecuteJob, "testHash" | "names">, changes: Partial<ExecuteOptions>) {
  const options = { isolation: none, interpreter, limits: defaultLimits, environment: "e", ...changes };
  const found = [];
  for await (const outcome of executeSamples([{ ...job, testHash: "abc", names: toyNames }], {
    ...options,
    exceptions: "typeAndMessage",
  })) {
    found.push(outcome);
  }
  return found;
}

describe("a sandbox that ends before its worker is ready is no verdict", () => {
  const failing = (bwrap: string): Isolation => ({
    kind: "bubblewrap",
    bwrap,
    setpriv: null,
    canDisableUserns: true,
    rootLinks: {},
  });

  test.each([
    [unittestToy, "the sample of toys double-unittest with test hash abc"],
    [casesToy, "the reference of toys double-cases"],
  ])("bubblewrap's own words and the sample are told ($id)", async (task, subject) => {
    const { path } = await standIn("bwrap", "#!/bin/sh\necho 'bwrap: no more namespaces' >&2\nexit 1\n");
    const error = await outcomes({ task, text: honest }, { isolation: failing(path) }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(SetupError);
    expect(String(error)).toContain(`${subject} did not work (ended before it was ready, exit code 1): bwrap: no more`);
  });

  test.each([
    ["killed while it sets up", "#!/bin/sh\nkill -9 $$\n", "ended before it was ready, SIGKILL"],
    ["too slow to set up, and is killed", "#!/bin/sh\nexec sleep 30\n", "not ready within 0.3 s"],
  ])("%s", async (_, text, words) => {
    const { path } = await standIn("bwrap", text);
    const changes = { isolation: failing(path), limits: { ...defaultLimits, wallSeconds: 0.3 } };
    const begun = performance.now();
    await expect(outcomes({ task: unittestToy, text: honest }, changes)).rejects.toThrow(words);
    expect(performance.now() - begun).toBeLessThan(10_000);
  });

  test("a program that cannot be started", async () => {
    const isolation = failing("/nonexistent/bwrap");
    await expect(outcomes({ task: unittestToy, text: honest }, { isolation })).rejects.toThrow(/nonexistent.*ENOENT/);
  });

  test("an end after that is the sample's", async () => {
    const { path } = await standIn("python3", readyThenGone(interpreter.executable));
    const found = await outcomes(
      { task: unittestToy, text: honest },
      { interpreter: { ...interpreter, executable: path } },
    );
    expect(found).toMatchObject([{ kind: "executed", execution: { status: "crashed" } }]);
  });
});

describe("a reference without a result", () => {
  /** The reference of the toy, which tells in a file that it was called, and ends itself when `ends` says so. */
  async function flaky(ends: string): Promise<{ task: CasesTask; calls: () => Promise<string> }> {
    const folder = await mkdtemp(join(tmpdir(), "safelab-flaky-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const file = join(folder, "calls");
    const reference = `
import os
def task_func(x):
    with open(${JSON.stringify(file)}, "a") as calls:
        calls.write("x")
    calls = os.path.getsize(${JSON.stringify(file)})
    if ${ends}:
        os._exit(1)
    return 2 * x
`;
    return { task: { ...casesToy, reference }, calls: () => readFile(file, "utf8") };
  }

  test("is run once more, and no case is lost", async () => {
    const { task, calls } = await flaky("calls == 2");
    const found = await outcomes({ task, text: honest }, {});
    expect(found).toMatchObject([{ kind: "executed", execution: { status: "passed", reason: "" } }]);
    expect(found[0]?.kind === "executed" && found[0].execution.cases).toHaveLength(3);
    expect(await calls()).toHaveLength(3 * casesToy.cases.length);
  });

  test("leaves the task undecided when it fails again, instead of leaving cases out", async () => {
    const { task } = await flaky("x == 2");
    expect(await outcomes({ task, text: honest }, {})).toMatchObject([
      {
        kind: "undecidable",
        reason: "the reference gave no result in two tries (case 2: ended with exit code 1 before its report)",
      },
    ]);
  });
});
