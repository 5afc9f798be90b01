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
  const failing = (bwrap: string) => ({
    kind: "bubblewrap" as const,
    bwrap,
    setpriv: null,
    canDisableUserns: true,
    nested: false,
    refusal: "",
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
    expect(String(error)).toContain(`${subject} did not work (ended before it was ready, exit code 1: bwrap: no more`);
  });

  test("killed while it sets up", async () => {
    const { path } = await standIn("bwrap", "#!/bin/sh\nkill -9 $$\n");
    const work = outcomes({ task: unittestToy, text: honest }, { isolation: failing(path) });
    await expect(work).rejects.toThrow("ended before it was ready, SIGKILL");
  });

  test("a program that cannot be started", async () => {
    const isolation = failing("/nonexistent/bwrap");
    await expect(outcomes({ task: unittestToy, text: honest }, { isolation })).rejects.toThrow(/nonexistent.*ENOENT/);
  });

  test("nor is one whose parent of all samples cannot be started", async () => {
    const { path } = await standIn("bwrap", "#!/bin/sh\necho 'bwrap: no more namespaces' >&2\nexit 1\n");
    const isolation = { ...failing(path), nested: true };
    await expect(outcomes({ task: unittestToy, text: honest }, { isolation })).rejects.toThrow(
      "the sandbox for samples did not work (ended before it was ready, exit code 1: bwrap: no more namespaces)",
    );
  });

  test("nor is an end after that, where nothing harmless works either", async () => {
    const { path } = await standIn("python3", readyThenGone(interpreter.executable));
    const changes = { interpreter: { ...interpreter, executable: path } };
    await expect(outcomes({ task: unittestToy, text: honest }, changes)).rejects.toThrow(
      "with test hash abc did not work (ended without its report, SIGKILL)",
    );
  });
});

test("a sample that ends its keeper every time, where others are kept, has crashed", async () => {
  const text = "import os\nos.kill(os.getppid(), 9)\nimport time\ntime.sleep(10)\n";
  const found = await outcomes({ task: unittestToy, text }, {});
  expect(found).toMatchObject([{ kind: "executed", execution: { status: "crashed" } }]);
  expect(found[0]?.kind === "executed" && found[0].execution.reason).toBe(
    "the sample ended the process that watches it, twice: ended without its report, SIGKILL",
  );
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
