import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { InputError } from "../../src/error.js";
import { executeRun } from "../../src/execute/executeRun.js";
import { probeIsolation } from "../../src/execute/probeIsolation.js";
import type { Progress } from "../../src/progress.js";
import { sha256 } from "../../src/record/canonical.js";
import { readRecords } from "../../src/record/readRecords.js";
import { createRunFolder, type RunFolder } from "../../src/record/runFolder.js";
import type { Sample } from "../../src/record/schema/sample.js";
import { calibrate } from "../../src/task/calibrate.js";
import { loadTasks } from "../../src/task/loadTasks.js";
import type { Task } from "../../src/task/task.js";

const probe = await probeIsolation();
const names = ["demo-unittest", "demo-cases"];
let folder = "";

function sampleOf(task: Task, changes: Partial<Sample> = {}): Sample {
  // References of the unittest style may be a body alone, as the publisher of that format gives them.
  const code =
    task.style === "unittest" && /^\s/.test(task.reference) ? task.codePrompt + task.reference : task.reference;
  return {
    ...{ schemaVersion: 1, dataset: task.dataset, task: task.id, prompt: "nl", model: "m", method: "base" },
    ...{ repeat: 0, index: 0, status: "generated", code, scanHash: sha256(code) },
    ...{ testHash: sha256(calibrate(task, code)), repairs: [], rounds: [] },
    ...changes,
  };
}

async function makeRun(samples: readonly Sample[]): Promise<RunFolder> {
  const study = { schemaVersion: 1, name: "t", datasets: names.map((name) => ({ name })), models: [{ name: "m" }] };
  const run = await createRunFolder(
    join(folder, "run"),
    JSON.stringify({ ...study, methods: ["base"], prompts: ["nl"] }),
  );
  await writeFile(join(run.path, "samples.jsonl"), samples.map((sample) => `${JSON.stringify(sample)}\n`).join(""));
  return run;
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "safelab-run-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe.skipIf(!probe.ok)("executeRun", () => {
  test("the references of the demo tasks all pass, once, and are not executed again", async () => {
    const tasks = (await Promise.all(names.map((name) => loadTasks(name)))).flatMap((loaded) => loaded.tasks);
    const noCode = sampleOf(tasks[0] as Task, {
      index: 2,
      status: "empty",
      code: null,
      scanHash: null,
      testHash: null,
    });
    const samples = [...tasks.map((task) => sampleOf(task)), sampleOf(tasks[0] as Task, { index: 1 }), noCode];
    const run = await makeRun(samples);
    const told: Progress[] = [];
    const summary = await executeRun(run, { onProgress: (progress) => told.push(progress) });
    const executions = await readRecords(run, "executions");
    expect(executions.filter(({ status }) => status !== "passed")).toEqual([]);
    expect(summary).toMatchObject({
      counts: { passed: tasks.length },
      recorded: 0,
      noCode: 1,
      withheld: 0,
      undecidable: [],
    });
    expect(told.at(-1)).toEqual({
      stage: "execute",
      done: tasks.length,
      total: tasks.length,
      counts: { passed: tasks.length },
    });
    const environments = await readRecords(run, "environments");
    expect(environments.map(({ dataset, isolation }) => [dataset, isolation])).toEqual(
      names.map((name) => [name, "bubblewrap"]),
    );

    const before = await readFile(join(run.path, "executions.jsonl"), "utf8");
    expect(await executeRun(run)).toMatchObject({ counts: {}, recorded: tasks.length });
    expect(await readFile(join(run.path, "executions.jsonl"), "utf8")).toBe(before);
  }, 300_000);

  test("a sample whose hash is not that of its code is an error that names it", async () => {
    const [task] = (await loadTasks("demo-unittest")).tasks;
    const run = await makeRun([sampleOf(task as Task, { testHash: sha256("other") })]);
    const error = await executeRun(run).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InputError);
    expect(String(error)).toContain(`${task?.id} (m, base, nl, repeat 0, index 0)`);
  });

  test("no isolation is recorded where it was asked for", async () => {
    const [task] = (await loadTasks("demo-cases")).tasks;
    const run = await makeRun([sampleOf(task as Task)]);
    expect((await executeRun(run, { isolation: "none" })).counts).toEqual({ passed: 1 });
    expect((await readRecords(run, "environments"))[0]?.isolation).toBe("none");
  }, 120_000);
});
