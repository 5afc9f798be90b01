import { appendFile, chmod, cp, mkdtemp, readdir, readFile, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cachedRows } from "../../src/record/rowCache.js";
import { openRunAt } from "../../src/record/openRun.js";
import { openRunFolder } from "../../src/record/runFolder.js";
import type { ResultRow } from "../../src/record/schema/resultRow.js";
import { smallDesign } from "../synthetic/syntheticDesign.js";
import { writeSyntheticRun } from "../synthetic/writeSyntheticRun.js";

async function syntheticFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "safelab-cache-"));
  writeSyntheticRun(folder, { ...smallDesign(3), models: { "model-a": ["base", "sven"] } });
  return folder;
}

/** Opens with a cache however small the logs are, and tells whether the records were read. */
async function open(folder: string): Promise<{ readonly read: boolean; readonly rows: readonly unknown[] }> {
  const run = await openRunFolder(folder);
  let read = false;
  const make = async () => {
    read = true;
    return (await openRunAt(folder)).rows;
  };
  const rows = await cachedRows(run, make, { least: 0 });
  return { read, rows };
}

async function edit(file: string, from: string, to: string): Promise<void> {
  const text = await readFile(file, "utf8");
  expect(text).toContain(from);
  await writeFile(file, text.replace(from, to));
}

test("a later opening takes the rows from the cache, the same in every column", async () => {
  const folder = await syntheticFolder();
  const first = await open(folder);
  expect(first.read).toBe(true);
  const again = await open(folder);
  expect(again.read).toBe(false);
  expect(again.rows).toEqual((await openRunAt(folder)).rows);
  expect(Object.keys(again.rows[0] as object)).toEqual(Object.keys((await openRunAt(folder)).rows[0] as object));
});

test("rounds and constraints of the methods that have any come through the reading and the cache", async () => {
  const folder = await mkdtemp(join(tmpdir(), "safelab-cache-"));
  writeSyntheticRun(folder, { ...smallDesign(8), models: { "model-a": ["base", "codeguard", "promsec"] } });
  await open(folder);
  const { read, rows } = await open(folder);
  expect(read).toBe(false);
  const traces = (method: string) =>
    (rows as ResultRow[]).filter((row) => row.method === method).map(({ trace }) => JSON.stringify(trace));
  expect(new Set(traces("base"))).toEqual(new Set([undefined]));
  expect(new Set(traces("codeguard"))).toEqual(
    new Set(['{"constraints":{"applied":2,"met":2}}', '{"constraints":{"applied":0,"met":0}}']),
  );
  expect(traces("promsec")).toContain('{"stop":"limit","verdicts":["insecure","insecure","insecure"]}');
  expect(traces("promsec").every((trace) => /^{"stop":"(clean|limit)","verdicts":\["/.test(trace ?? ""))).toBe(true);
});

test("samples that the study does not plan are told of on a cached opening as on the first", async () => {
  const folder = await syntheticFolder();
  const file = join(folder, "tasks.jsonl");
  const lines = (await readFile(file, "utf8")).trimEnd().split("\n");
  await writeFile(file, `${lines.slice(0, -1).join("\n")}\n`);
  const told = ({ rows }: Awaited<ReturnType<typeof open>>) => (rows[0] as ResultRow).facts.looseSamples;
  const first = await open(folder);
  expect(told(first)).toMatchObject([{ reason: "unknownTask", count: 2 }]);
  const again = await open(folder);
  expect(again.read).toBe(false);
  expect(told(again)).toEqual(told(first));
});

test("the cache is made anew when a line is appended", async () => {
  const folder = await syntheticFolder();
  await open(folder);
  const file = join(folder, "scans.jsonl");
  const [line] = (await readFile(file, "utf8")).split("\n");
  const scan = { ...(JSON.parse(line ?? "") as object), scanner: "another" };
  await appendFile(file, `${JSON.stringify(scan)}\n`);
  const { read, rows } = await open(folder);
  expect(read).toBe(true);
  expect(rows[0]).toHaveProperty("scan_another");
  expect((await open(folder)).read).toBe(false);
});

test("the cache is made anew when a line is edited to one of the same length, even with its old times set back", async () => {
  const folder = await syntheticFolder();
  const file = join(folder, "executions.jsonl");
  const { atime, mtime } = await stat(file);
  await open(folder);
  await edit(file, '"outcome":"failed"', '"outcome":"passed"');
  await utimes(file, atime, mtime);
  const { read, rows } = await open(folder);
  expect(read).toBe(true);
  expect(rows).toEqual((await openRunAt(folder)).rows);
});

test("the cache is made anew when run.json asks for something else, and not when only a comment changes", async () => {
  const folder = await syntheticFolder();
  await open(folder);
  await edit(join(folder, "run.json"), '"prompts"', '// natural language\n  "prompts"');
  expect((await open(folder)).read).toBe(false);
  await edit(join(folder, "run.json"), '"codeql",', "");
  expect((await open(folder)).read).toBe(true);
});

test("the cache is made anew when a shard appears or goes", async () => {
  const folder = await syntheticFolder();
  await open(folder);
  await writeFile(join(folder, "scans.other.jsonl"), "");
  expect((await open(folder)).read).toBe(true);
});

test("a damaged cache is not used", async () => {
  const folder = await syntheticFolder();
  const { rows } = await open(folder);
  const file = join(folder, ".cache", "results");
  const bytes = await readFile(file);
  for (const at of [3, bytes.indexOf("\n") + 40, bytes.length - 5]) {
    const damaged = Buffer.from(bytes);
    damaged[at] = (damaged[at] ?? 0) ^ 1;
    await writeFile(file, damaged);
    const again = await open(folder);
    expect(again.read).toBe(true);
    expect(again.rows).toEqual(rows);
  }
  await writeFile(file, bytes.subarray(0, bytes.length / 2));
  expect((await open(folder)).read).toBe(true);
});

test("a copied folder takes its cache along", async () => {
  const folder = await syntheticFolder();
  await open(folder);
  const copy = await mkdtemp(join(tmpdir(), "safelab-copy-"));
  await cp(folder, copy, { recursive: true });
  const { read, rows } = await open(copy);
  expect(read).toBe(false);
  expect(rows[0]).toHaveProperty("facts.path", copy);
});

test("a folder that cannot be written is read without a cache", async () => {
  const folder = await syntheticFolder();
  // A file in the place of the cache's folder stops even an administrator.
  await writeFile(join(folder, ".cache"), "");
  await chmod(folder, 0o500);
  expect((await open(folder)).rows).toHaveLength(12);
  expect((await open(folder)).read).toBe(true);
  await chmod(folder, 0o700);
});

test("a small run folder stays as it is", async () => {
  const folder = await syntheticFolder();
  await openRunAt(folder);
  expect(await readdir(folder)).not.toContain(".cache");
});
