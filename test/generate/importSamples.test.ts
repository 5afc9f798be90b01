import { mkdtemp, readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeEach, expect, test } from "vitest";
import { InputError } from "../../src/error.js";
import { importSamples, type ImportTarget, readImport } from "../../src/generate/importSamples.js";
import { readRecords } from "../../src/record/readRecords.js";
import { createRunFolder, type RunFolder } from "../../src/record/runFolder.js";
import { loadTasks } from "../../src/task/loadTasks.js";

let folder: string;
let run: RunFolder;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "safelab-import-"));
  run = await make("run");
});

const make = (name: string, change: object = {}) =>
  createRunFolder(
    join(folder, name),
    JSON.stringify({
      ...{ schemaVersion: 1, name, datasets: [{ name: "demo-cases" }], models: [{ name: "m" }], methods: ["base"] },
      ...{ prompts: ["ct"], ...change },
    }),
  );
const target: ImportTarget = { dataset: "demo-cases", model: "m", method: "base", prompt: "ct" };
const line = (task_id: string, solution: unknown = "def f():\n    pass\n") => JSON.stringify({ task_id, solution });
const file = async (lines: readonly string[] | Buffer, name = "samples.jsonl") => {
  const path = join(folder, name);
  await writeFile(path, Buffer.isBuffer(lines) ? lines : lines.join("\n"));
  return path;
};

test("solutions become samples, taken as they are, with the place where they were read", async () => {
  const code = "def md5_hex(text):\n\n    return 1   ";
  const path = await file([line("demo-c01", code), "", line("demo-c02")]);
  const { tasks } = await loadTasks("demo-cases");
  expect(await importSamples(run, path, target)).toEqual({
    imported: 2,
    withoutCode: 0,
    fenced: 0,
    skipped: 0,
    outside: 0,
    missing: tasks.length - 2,
  });
  expect(await readRecords(run, "samples")).toMatchObject([
    {
      ...target,
      task: "demo-c01",
      repeat: 0,
      index: 0,
      status: "generated",
      code,
      rounds: [],
      imported: { file: "samples.jsonl", line: 1 },
    },
    { task: "demo-c02", imported: { line: 3 } },
  ]);
});

test("a gzip file is read whatever its name", async () => {
  const path = await file(gzipSync(`${line("demo-c01")}\n`), "samples.txt");
  expect(await importSamples(run, path, target)).toMatchObject({ imported: 1 });
});

test("importing twice adds nothing", async () => {
  const path = await file([line("demo-c01"), line("demo-c01"), line("demo-c02")]);
  expect(await importSamples(run, path, target)).toMatchObject({ imported: 2, skipped: 0 });
  expect(await importSamples(run, path, target)).toMatchObject({ imported: 0, skipped: 2 });
  expect(await readRecords(run, "samples")).toHaveLength(2);
});

test("samples that an earlier file brought are not missing", async () => {
  const { tasks } = await loadTasks("demo-cases");
  const [first, ...rest] = tasks.map(({ id }) => line(id));
  expect(await importSamples(run, await file(rest, "most.jsonl"), target)).toMatchObject({ missing: 1 });
  expect(await importSamples(run, await file([first ?? ""], "one.jsonl"), target)).toMatchObject({ missing: 0 });
});

test("reading and checking a file writes nothing, also where the run folder is still to be made", async () => {
  const path = await file([good]);
  const before = await readdir(folder, { recursive: true });
  const checked = await readImport(run, path, target);
  expect(checked.samples).toMatchObject([{ task: "demo-c01", model: "m" }]);
  await readImport({ path: join(folder, "later"), study: run.study }, path, target);
  expect(await readdir(folder, { recursive: true })).toEqual(before);
});

test("a blank solution is a sample without code", async () => {
  await importSamples(run, await file([line("demo-c01", " \n")]), target);
  expect(await readRecords(run, "samples")).toMatchObject([{ status: "empty", code: null, scanHash: null }]);
});

test("where the run asks for k samples a task, the n-th line of a task is sample n - 1", async () => {
  const two = await make("two", { k: 2 });
  const path = await file([line("demo-c01", "a = 1"), line("demo-c02"), line("demo-c01", "a = 1")]);
  expect(await importSamples(two, path, { ...target })).toMatchObject({ imported: 3 });
  expect((await readRecords(two, "samples")).map(({ task, index }) => [task, index])).toEqual([
    ["demo-c01", 0],
    ["demo-c02", 0],
    ["demo-c01", 1],
  ]);
});

test("lines for tasks that the run does not ask for are left out and counted", async () => {
  const one = await make("one", { datasets: [{ name: "demo-cases", tasks: 1 }] });
  const path = await file([line("demo-c02"), line("demo-c01")]);
  expect(await importSamples(one, path, target)).toEqual({
    imported: 1,
    withoutCode: 0,
    fenced: 0,
    skipped: 0,
    outside: 1,
    missing: 0,
  });
});

test("the indentation policy of the run applies", async () => {
  const repairing = await make("repairing", { policies: { repair: { scope: "all", applyTo: "tests" } } });
  await importSamples(repairing, await file([line("demo-c01", "def f():\n   pass\n")]), target);
  expect(await readRecords(repairing, "samples")).toMatchObject([{ repairs: ["indent3to4"] }]);
});

const good = line("demo-c01");
test.each<readonly [string, readonly string[], RegExp]>([
  ["a line that is not JSON", [good, "{task_id:"], /samples\.jsonl:2: not JSON .*; expected one object a line/],
  ["a line that is no object", [good, "[]"], /:2: not an object; expected/],
  ["a line without task", [good, '{"solution": "x"}'], /:2: no task_id/],
  [
    "a task that is a number",
    [good, '{"task_id": 1, "solution": "x"}'],
    /:2: the task_id is 1, and must be a text as in/,
  ],
  ["a line without code", [good, '{"task_id": "demo-c02"}'], /:2: no solution for demo-c02/],
  [
    "a line with a completion only",
    [good, '{"task_id": "demo-c02", "completion": "x"}'],
    /a completion but no solution; a completion \(EvalPlus\).*prompt \+ completion as solution.*"solution": "code"/,
  ],
  ["code that is no text", [good, line("demo-c02", ["x"])], /:2: the solution of demo-c02 is not a text/],
  [
    "a task that does not exist",
    [good, line("BigCodeBench/0")],
    /:2: "demo-cases" has no task "BigCodeBench\/0"; its ids look like "demo-c01"/,
  ],
  [
    "two different samples",
    [good, line("demo-c02"), line("demo-c01", "x")],
    /:3: a second, different sample for demo-c01 \(the first is on line 1\)/,
  ],
  ["no line", ["", " "], /holds no sample/],
])("nothing is written when the file holds %s", async (_what, lines, message) => {
  const path = await file(lines);
  await expect(importSamples(run, path, target)).rejects.toThrow(InputError);
  await expect(importSamples(run, path, target)).rejects.toThrow(message);
  expect(await readRecords(run, "samples")).toEqual([]);
});

test("more samples than k are an InputError", async () => {
  const two = await make("two", { k: 2 });
  await expect(importSamples(two, await file([good, good, good]), target)).rejects.toThrow(
    /:3: sample 3 for demo-c01.*k = 2/,
  );
});

test("a sample that differs from a recorded one is an InputError, and nothing is written", async () => {
  await importSamples(run, await file([good]), target);
  const path = await file([line("demo-c02"), line("demo-c01", "x")]);
  await expect(importSamples(run, path, target)).rejects.toThrow(
    /samples\.jsonl:2: the run has another sample for demo-c01/,
  );
  expect(await readRecords(run, "samples")).toHaveLength(1);
});

test("a configuration that run.json does not plan is an InputError, and run.json stays as it is", async () => {
  const before = await readFile(join(run.path, "run.json"), "utf8");
  await expect(importSamples(run, await file([good]), { ...target, model: "x" })).rejects.toThrow(
    /does not ask for .*model "x"/,
  );
  await expect(importSamples(run, await file([good]), { ...target, repeat: 1 })).rejects.toThrow(/repeat 1/);
  expect(await readFile(join(run.path, "run.json"), "utf8")).toBe(before);
});

test("a file that is not there, or is no text, is an InputError", async () => {
  await expect(importSamples(run, join(folder, "nowhere"), target)).rejects.toThrow(InputError);
  await expect(importSamples(run, await file(Buffer.from([0xff, 0xfe, 0])), target)).rejects.toThrow(/neither UTF-8/);
});

test.skipIf(process.env["SAFELAB_DATA"] === undefined)("1140 published samples are imported in seconds", async () => {
  const big = await make("big", { datasets: [{ name: "bigcodebench" }] });
  const path = join(
    process.env["SAFELAB_DATA"] ?? "",
    "qwen2.5-coder-7b-instruct.bigcodebench-complete.generations.jsonl.gz",
  );
  const summary = await importSamples(big, path, { ...target, dataset: "bigcodebench" });
  expect(summary).toEqual({ imported: 1140, withoutCode: 2, fenced: 0, skipped: 0, outside: 0, missing: 0 });
});

test.skipIf(process.env["SAFELAB_DATA"] === undefined)(
  "a file in the form that the paper's artefact reads is imported for the ids of SecCodePLT+",
  async () => {
    const plt = await make("plt", { datasets: [{ name: "seccodeplt" }] });
    const path = await file(["134f1a9c", "08772571"].map((id) => line(id)));
    const summary = await importSamples(plt, path, { ...target, dataset: "seccodeplt" });
    expect(summary).toMatchObject({ imported: 2, outside: 0, missing: 1197 });
  },
);
