import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { InputError } from "../../src/error.js";
import { createRun } from "../../src/task/createRun.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "safelab-create-"));
});

const text = (dataset: string) =>
  JSON.stringify({
    ...{ schemaVersion: 1, name: "t", datasets: [{ name: dataset }], models: [{ name: "m" }] },
    ...{ methods: ["base"], prompts: ["nl"] },
  });

test("a new folder holds the study and the facts of its tasks", async () => {
  const path = join(folder, "a", "run");
  await createRun(path, text("demo-cases"));
  expect((await readdir(path)).sort()).toEqual(["run.json", "tasks.jsonl"]);
});

test("a failure takes back the folders that it made and no other", async () => {
  await expect(createRun(join(folder, "a", "run"), text("nowhere"))).rejects.toThrow(/no data set "nowhere"/);
  expect(existsSync(join(folder, "a"))).toBe(false);
  const own = join(folder, "own");
  await mkdir(own);
  await expect(createRun(own, text("nowhere"))).rejects.toThrow(InputError);
  expect(await readdir(own)).toEqual([]);
});

test("a failure leaves the files that were in the folder before", async () => {
  await writeFile(join(folder, "notes.txt"), "mine");
  await expect(createRun(folder, text("nowhere"))).rejects.toThrow(InputError);
  expect(await readdir(folder)).toEqual(["notes.txt"]);
});

test.each(["tasks.jsonl", "samples.jsonl", "executions.shard-1.jsonl"])(
  "a folder with records (%s) but no study is refused, and they stay",
  async (name) => {
    await writeFile(join(folder, name), "mine\n");
    await expect(createRun(folder, text("nowhere"))).rejects.toThrow(InputError);
    await expect(createRun(folder, text("demo-cases"))).rejects.toThrow(`holds ${name} but no run.json`);
    expect(await readdir(folder)).toEqual([name]);
    expect(await readFile(join(folder, name), "utf8")).toBe("mine\n");
  },
);

test("files that are no records do not hinder", async () => {
  await writeFile(join(folder, "my-tasks.jsonl"), "mine\n");
  await createRun(folder, text("demo-cases"));
  expect(await readFile(join(folder, "my-tasks.jsonl"), "utf8")).toBe("mine\n");
});

test("a folder that holds a run already stays as it is", async () => {
  await createRun(folder, text("demo-cases"));
  await expect(createRun(folder, text("nowhere"))).rejects.toThrow(/exists already/);
  expect(await readFile(join(folder, "run.json"), "utf8")).toBe(text("demo-cases"));
});
