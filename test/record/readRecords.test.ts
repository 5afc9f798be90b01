import { appendFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { InputError } from "../../src/error.js";
import { openRunAt } from "../../src/record/openRun.js";
import { plannedSamples } from "../../src/record/plannedSamples.js";
import { readRecords } from "../../src/record/readRecords.js";
import type { RecordKind } from "../../src/record/recordKinds.js";
import { openRunFolder } from "../../src/record/runFolder.js";
import type { Execution } from "../../src/record/schema/execution.js";
import { execution, runFolderWith, sample, tasks } from "./fixtures.js";

const read = async (files: Parameters<typeof runFolderWith>[0], kind: "samples" | "executions") =>
  readRecords(await openRunFolder(await runFolderWith(files)), kind);

test("an identical duplicate is read once, whatever its timings", async () => {
  const lines = [execution("t1"), execution("t1", { seconds: 9 })];
  expect(await read({ "executions.jsonl": lines }, "executions")).toEqual([execution("t1")]);
});

test("two different records under one key are an error that names both lines", async () => {
  const lines = [sample("t1"), sample("t2"), sample("t1", { code: "other", scanHash: "other" })];
  const reading = read({ "samples.jsonl": lines }, "samples");
  await expect(reading).rejects.toThrow(InputError);
  await expect(reading).rejects.toThrow(/samples\.jsonl:3 differs from samples\.jsonl:1/);
});

test("a failed call is superseded by the sample of a later try, and never the other way round", async () => {
  const failed = sample("t1", { status: "endpointFailed", code: null, scanHash: null, testHash: null });
  expect(await read({ "samples.jsonl": [failed, sample("t1")] }, "samples")).toEqual([sample("t1")]);
  expect(await read({ "samples.jsonl": [sample("t1"), failed] }, "samples")).toEqual([sample("t1")]);
});

test("shards are read together with the main file, other kinds are not", async () => {
  const files = {
    "executions.jsonl": [execution("t1")],
    "executions.node-7.jsonl": [execution("t2"), execution("t1")],
    "samples.jsonl": [sample("t1")],
  };
  expect((await read(files, "executions")).map(({ task }) => task)).toEqual(["t1", "t2"]);
});

test("a last line that was cut off is dropped, even where it happens to be whole JSON", async () => {
  const folder = await runFolderWith({ "samples.jsonl": [sample("t1")] });
  const run = await openRunFolder(folder);
  await appendFile(join(folder, "samples.jsonl"), JSON.stringify(sample("t2")));
  expect((await readRecords(run, "samples")).map(({ task }) => task)).toEqual(["t1"]);
});

test("a line that is not JSON is named with its path and line, why it is none, and the command that makes its record again", async () => {
  const text = `${JSON.stringify(sample("t1"))}\n{"a":\n`;
  const folder = await runFolderWith({ "samples.jsonl": text, "scans.jsonl": "{\n", "labels.ada.jsonl": "[\n" });
  const run = await openRunFolder(folder);
  const messageOf = (kind: RecordKind) => readRecords(run, kind).catch((error: unknown) => (error as Error).message);
  expect(await messageOf("samples")).toMatch(
    /^\/.*\/samples\.jsonl:2: not JSON \(.+\), expected one record of samples a line; correct the line or remove it: `safelab generate RUN` makes/,
  );
  expect(await messageOf("samples")).toContain(join(folder, "samples.jsonl:2"));
  expect(await messageOf("scans")).toMatch(
    /scans\.jsonl:1: not JSON .*remove it: `safelab scan RUN` makes what it held/,
  );
  expect(await messageOf("labels")).toMatch(/ada\.jsonl:1: not JSON .*`safelab label serve RUN --annotator NAME`/);
});

test("a damaged line of a compressed file says that it is to be unpacked first", async () => {
  const folder = await runFolderWith({});
  await writeFile(join(folder, "scans.jsonl.gz"), gzipSync("{\n"));
  await expect(readRecords(await openRunFolder(folder), "scans")).rejects.toThrow(
    /scans\.jsonl\.gz:1: not JSON .*; get the file again, or unpack it and correct the line/,
  );
});

test("a run whose tasks.jsonl was cut off does not open, since its plan is not known, and an edit that completes the line opens it", async () => {
  const text = tasks.map((each) => JSON.stringify(each)).join("\n");
  for (const cut of [text, text.slice(0, -20)]) {
    const folder = await runFolderWith({ "tasks.jsonl": cut, "samples.jsonl": [sample("t1")] });
    const run = await openRunFolder(folder);
    for (const opening of [() => openRunAt(folder), () => plannedSamples(run)])
      await expect(opening()).rejects.toThrow(
        /\/tasks\.jsonl: the last line was cut off .*so it is not known which tasks the run has: put the whole file back, .*`safelab plan RUN` adds/,
      );
    // What adds the missing tasks must be able to read the others.
    expect(await readRecords(run, "tasks")).toHaveLength(3);
    await writeFile(join(folder, "tasks.jsonl"), `${text}\n`);
    expect((await openRunAt(folder)).rows).toHaveLength(4);
  }
});

test("a record with a wrong field is named with its file, line and field", async () => {
  const wrong = { ...sample("t1"), status: "finished" };
  await expect(read({ "samples.jsonl": [wrong] }, "samples")).rejects.toThrow(/samples\.jsonl:1: .*"status"/);
});

test("an execution that says passed while its cases do not is a broken record, named with its file and line", async () => {
  const cases = (["passed", "skipped"] as const).map((outcome, i) => ({ name: `c${i}`, outcome, message: "", ms: 1 }));
  const reading = (fields: Partial<Execution>) =>
    read({ "executions.jsonl": [execution("t1"), execution("t2", fields)] }, "executions");
  await expect(reading({ cases })).rejects.toThrow(
    /\/executions\.jsonl:2: not a record of executions: field "status": passed, but the outcome of its case "c1" is skipped; .*`safelab execute RUN`/,
  );
  await expect(reading({ cases: [] })).rejects.toThrow(/executions\.jsonl:2: .*passed, but it lists no case/);
  // All cases may pass, and the end of the run fail.
  for (const status of ["failed", "timedOut", "crashed", "tampered"] as const)
    expect(await reading({ status })).toHaveLength(2);
});

test("lines of many megabytes, and characters of several bytes, are read whole", async () => {
  const long = [1, 2, 3].map((n) => sample(`t${n}`, { code: `${"é–😀".repeat(300_000 * n)}x` }));
  expect(await read({ "samples.jsonl": long }, "samples")).toEqual(long);
});
