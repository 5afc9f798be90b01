import { expect, test } from "vitest";
import { nameEnvironments, nameScanners } from "../../src/record/nameCounting.js";
import { openRunAt } from "../../src/record/openRun.js";
import { openRunFolder } from "../../src/record/runFolder.js";
import { execution, runFolderWith, sample, scan, tasks } from "./fixtures.js";

const files = {
  "tasks.jsonl": tasks,
  "samples.jsonl": [sample("t1")],
  "executions.jsonl": [execution("t1"), execution("t1", { environment: "e2", status: "failed", cases: [] })],
  "scans.jsonl": [scan("t1"), scan("t1", { rulesHash: "r2", status: "unscannable" })],
};

test("the environment and the rules used last are named where several compete, and the run opens again", async () => {
  const folder = await runFolderWith(files);
  await expect(openRunAt(folder)).rejects.toThrow(/several environments/);
  await nameEnvironments(await openRunFolder(folder), { d: "e2" });
  await expect(openRunAt(folder)).rejects.toThrow(/several versions/);
  await nameScanners(await openRunFolder(folder), [{ scanner: "bandit", version: "1.9.4", rulesHash: "r2" }]);
  const { rows } = await openRunAt(folder);
  expect(rows[0]).toMatchObject({ execution: "failed", scan_bandit: "unscannable" });
});

test("a folder in which nothing competes keeps its run.json", async () => {
  const folder = await runFolderWith({ ...files, "executions.jsonl": [execution("t1")] });
  const run = await openRunFolder(folder);
  expect(await nameEnvironments(run, { d: "e1" })).toBe(run);
});

test("a name without records gives way to what is used now", async () => {
  const folder = await runFolderWith({ ...files, "executions.jsonl": [execution("t1")], "scans.jsonl": [scan("t1")] });
  const gone = await nameEnvironments(await openRunFolder(folder), { d: "gone" });
  expect((await nameEnvironments(gone, { d: "e1" })).study.counts.environment).toEqual({ d: "e1" });
});
