import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { InterruptedError } from "../../src/error.js";
import { executeRun } from "../../src/execute/executeRun.js";
import { sha256 } from "../../src/record/canonical.js";
import { takeLock } from "../../src/record/lock.js";
import * as appenders from "../../src/record/openAppender.js";
import { openRunAt } from "../../src/record/openRun.js";
import { readRecords } from "../../src/record/readRecords.js";
import { createRunFolder, openRunFolder, type RunFolder } from "../../src/record/runFolder.js";
import type { Execution } from "../../src/record/schema/execution.js";
import type { Sample } from "../../src/record/schema/sample.js";
import { calibrate } from "../../src/task/calibrate.js";
import { loadTasks } from "../../src/task/loadTasks.js";
import { syncTaskFacts } from "../../src/task/syncTaskFacts.js";

vi.mock("../../src/record/openAppender.js", { spy: true });

const dataset = "demo-cases";
let run: RunFolder;

/** A run with two samples of one task; without isolation, which is what the folder's own rules do not depend on. */
beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), "safelab-run-"));
  const study = { schemaVersion: 1, name: "t", datasets: [{ name: dataset }], models: [{ name: "m" }] };
  const text = JSON.stringify({ ...study, methods: ["base"], prompts: ["nl"], repeats: 2 });
  run = await createRunFolder(join(folder, "run"), text);
  const [task] = (await loadTasks(dataset)).tasks;
  if (task === undefined) throw new Error("no demo task");
  const samples = [0, 1].map((repeat): Sample => {
    const code = `${task.reference}\n# ${repeat}\n`;
    return {
      ...{ schemaVersion: 1, dataset, task: task.id, prompt: "nl", model: "m", method: "base", repeat, index: 0 },
      ...{ status: "generated", code, scanHash: sha256(code), testHash: sha256(calibrate(task, code)) },
      ...{ repairs: [], rounds: [] },
    };
  });
  await writeFile(join(run.path, "samples.jsonl"), samples.map((sample) => `${JSON.stringify(sample)}\n`).join(""));
  await syncTaskFacts(run);
});
afterEach(() => rm(join(run.path, ".."), { recursive: true, force: true }));

const execute = (changes: Parameters<typeof executeRun>[1] = {}) => executeRun(run, { isolation: "none", ...changes });
const file = () => join(run.path, "executions.jsonl");

/** The first sample's verdict as another environment gave it. */
async function executedElsewhere(): Promise<void> {
  const [sample] = await readRecords(run, "samples");
  const other: Execution = {
    ...{ schemaVersion: 1, dataset, task: sample?.task ?? "", testHash: sample?.testHash ?? "", environment: "other" },
    ...{ status: "failed", reason: "", cases: [], output: "", seconds: 1, peakMiB: null },
  };
  await appendFile(file(), `${JSON.stringify(other)}\n`);
}

describe("the lock of executions", () => {
  test("is not taken when there is nothing to do", async () => {
    await execute();
    const release = await takeLock(file());
    expect(await execute()).toMatchObject({ counts: {}, recorded: 2 });
    await release();
  }, 60_000);

  test("is taken before anything is executed", async () => {
    const release = await takeLock(file());
    const onProgress = vi.fn();
    await expect(execute({ onProgress })).rejects.toThrow(/is in use by process/);
    expect(onProgress).not.toHaveBeenCalled();
    await release();
  }, 60_000);

  test("what another process executed before it was got is not executed again", async () => {
    await execute();
    const records = await readFile(file(), "utf8");
    const [first = ""] = records.split(/(?<=\n)/);
    await writeFile(file(), "");
    const { openAppender } = await vi.importActual<typeof appenders>("../../src/record/openAppender.js");
    vi.mocked(appenders.openAppender).mockImplementationOnce(async (folder, kind) => {
      await writeFile(file(), first);
      return openAppender(folder, kind);
    });
    expect(await execute()).toMatchObject({ counts: { passed: 1 }, recorded: 1 });
    expect((await readFile(file(), "utf8")).trim().split("\n")).toHaveLength(2);
  }, 60_000);
});

describe("where another environment's executions are there", () => {
  test("the folder opens with this one, also when stopped after the first record", async () => {
    await executedElsewhere();
    const stop = new AbortController();
    const onProgress = ({ done }: { done: number }) => {
      if (done === 1) stop.abort();
    };
    const error = await execute({ signal: stop.signal, onProgress }).catch((thrown: unknown) => thrown);
    expect(error).toEqual(
      new InterruptedError("execution was stopped; what was executed is kept, start again to go on"),
    );
    const [environment] = await readRecords(run, "environments");
    expect((await openRunFolder(run.path)).study.counts.environment).toEqual({ [dataset]: environment?.hash });
    const { rows } = await openRunAt(run.path);
    expect(rows.filter(({ execution }) => execution === "passed").length).toBeGreaterThan(0);
  }, 60_000);

  test("this one counts again when all was executed in it before", async () => {
    await execute();
    await executedElsewhere();
    await expect(openRunAt(run.path)).rejects.toThrow(/several environments/);
    expect(await execute()).toMatchObject({ counts: {}, recorded: 2 });
    const { rows } = await openRunAt(run.path);
    expect(rows.filter(({ execution }) => execution === "passed")).toHaveLength(2);
  }, 60_000);

  test("a stop before the first record leaves the other one counting", async () => {
    await executedElsewhere();
    const signal = AbortSignal.abort();
    await expect(execute({ signal })).rejects.toThrow(InterruptedError);
    expect((await openRunFolder(run.path)).study.counts.environment).toEqual({});
    await openRunAt(run.path);
  }, 60_000);
});
