import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { InputError } from "../../src/error.js";
import { createRunFolder, type RunFolder } from "../../src/record/runFolder.js";
import { loadTasks } from "../../src/task/loadTasks.js";
import { syncTaskFacts } from "../../src/task/syncTaskFacts.js";
import type { CasesTask, UnittestTask } from "../../src/task/task.js";

let folder: string;
let run: RunFolder;
let cases: CasesTask;
let unit: UnittestTask;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "safelab-sync-"));
  cases = { ...((await loadTasks("demo-cases")).tasks[0] as CasesTask), dataset: "mine", id: "a", cwe: [79, 22] };
  unit = { ...((await loadTasks("demo-unittest")).tasks[0] as UnittestTask), dataset: "mine", id: "b" };
  vi.stubEnv("SAFELAB_DATA", folder);
  await publish(cases, unit);
  run = await createRunFolder(
    join(folder, "run"),
    JSON.stringify({
      ...{ schemaVersion: 1, name: "t", datasets: [{ name: "mine" }], models: [{ name: "m" }] },
      ...{ methods: ["base"], prompts: ["nl"] },
    }),
  );
  await syncTaskFacts(run);
});
afterEach(() => vi.unstubAllEnvs());

const publish = (...tasks: readonly object[]) =>
  writeFile(join(folder, "mine-tasks.jsonl"), tasks.map((task) => `${JSON.stringify(task)}\n`).join(""));
const recorded = () => readFile(join(run.path, "tasks.jsonl"), "utf8");

test("the facts of every task are recorded once, and an unchanged data set changes nothing", async () => {
  const before = await recorded();
  expect(before.trim().split("\n")).toHaveLength(2);
  await publish({ ...cases, cwe: [22, 79], prompts: { nl: "other", ct: "other" } }, unit);
  await syncTaskFacts(run);
  expect(await recorded()).toBe(before);
});

test("a task that came to the data set is added", async () => {
  await publish(cases, unit, { ...cases, id: "c" });
  await syncTaskFacts(run);
  expect((await recorded()).trim().split("\n")).toHaveLength(3);
});

test.each<[string, () => object[], RegExp]>([
  ["cwe", () => [{ ...cases, cwe: [78] }, unit], /task mine a: .*says cwe \[22, 79\], the data set now \[78\]/],
  [
    "cases",
    () => [{ ...cases, cases: ["{}"] }, unit],
    new RegExp("task mine a: .*says cases \\d+, the data set now 1;"),
  ],
  [
    "cases of a unittest task",
    () => [cases, { ...unit, test: `${unit.test}\n    def test_one_more(self):\n        pass\n` }],
    /task mine b: .*says cases (\d+), the data set now/,
  ],
  ["tasks", () => [cases], /task mine b: .*the data set no longer/],
])(
  "a data set whose %s changed is an InputError that says what to do, and nothing is written",
  async (_, tasks, words) => {
    const before = await recorded();
    await publish(...tasks());
    await expect(syncTaskFacts(run)).rejects.toThrow(InputError);
    await expect(syncTaskFacts(run)).rejects.toThrow(words);
    await expect(syncTaskFacts(run)).rejects.toThrow(/use the one that the run was made with, or a new run folder/);
    expect(await recorded()).toBe(before);
  },
);
