import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sha256 } from "../../src/record/canonical.js";
import { readRecords } from "../../src/record/readRecords.js";
import { openRunFolder } from "../../src/record/runFolder.js";
import type { Study } from "../../src/record/schema/study.js";
import { importScans } from "../../src/scan/importScans.js";
import { scanRun } from "../../src/scan/scanRun.js";
import { addSamples, runWithSamples, sampleOf } from "./runWithSamples.js";
import { codeqlLog, semgrepLog } from "./sarifFixtures.js";
import { temporaryFolder } from "./scanFolderOf.js";

const shell = "import os\nos.system(input())\n";
const plain = "x = 1\n";
const broken = "def f(:\n";

async function fileOf(value: unknown, name = "report.json"): Promise<string> {
  const file = join(await temporaryFolder(), name);
  await writeFile(file, typeof value === "string" ? value : JSON.stringify(value));
  return file;
}

const bearerFinding = (name: string) => ({
  ...{ cwe_ids: ["78"], id: "python_lang_os_command_injection", title: "injection", severity: "high", line_number: 2 },
  ...{ filename: name, full_filename: `sources/${name}` },
});
const bearerReport = (findings: object[], errors: object[] = []) => ({
  source: "Bearer",
  version: "2.1.0",
  findings,
  errors,
});
const statuses = async (run: Parameters<typeof readRecords>[0]) =>
  (await readRecords(run, "scans")).map(({ scanHash, status }) => [scanHash.slice(0, 8), status]);
const short = (code: string) => sha256(code).slice(0, 8);

test("Bearer's report names findings and failures by task; samples of which it says nothing are secure if they parse", async () => {
  const run = await runWithSamples([shell, plain, broken, "y = 2\n"], ["bearer"]);
  const file = await fileOf(
    bearerReport([bearerFinding("task_0.py")], [{ filename: "task_3.py", error: "failed to scan" }]),
  );
  const done = await importScans(run, file, { as: "bearer" });
  expect(done).toMatchObject({
    ...{ format: "Bearer jsonv2", version: "2.1.0", done: 4, skipped: 0, silent: 2 },
    counts: { insecure: 1, secure: 1, unscannable: 1, scanFailed: 1 },
  });
  expect(await statuses(run)).toEqual([
    [short(shell), "insecure"],
    [short(plain), "secure"],
    [short(broken), "unscannable"],
    [short("y = 2\n"), "scanFailed"],
  ]);
  const [scan] = await readRecords(run, "scans");
  expect(scan).toMatchObject({
    scanner: "bearer",
    imported: { file: "report.json" },
    findings: [{ cwe: [78], lines: [2, 2] }],
  });
});

test("the same report again changes nothing; another verdict under the same name is refused", async () => {
  const run = await runWithSamples([shell, plain]);
  const file = await fileOf(bearerReport([bearerFinding("task_0.py")]));
  await importScans(run, file, { as: "bearer" });
  expect(await importScans(run, file, { as: "bearer" })).toMatchObject({ done: 0, skipped: 2 });
  const other = await fileOf(bearerReport([bearerFinding("task_1.py")]), "other.json");
  await expect(importScans(run, other, { as: "bearer" })).rejects.toThrow(
    /^other\.json says of the text [0-9a-f]{64} secure, a report taken before insecure: use another name with --as$/,
  );
  expect(await readRecords(run, "scans")).toHaveLength(2);
});

test("an imported scanner forms the union without being there, until it lacks a text", async () => {
  const run = await runWithSamples([shell, plain], ["bearer", "semgrep"]);
  await importScans(run, await fileOf(bearerReport([bearerFinding("task_0.py")])), { as: "bearer" });
  await importScans(
    run,
    await fileOf({ ...semgrepLog, runs: [{ ...semgrepLog.runs[0], invocations: [], results: [] }] }),
    { as: "semgrep" },
  );
  expect(await scanRun(await openRunFolder(run.path))).toMatchObject({ done: 0, skipped: 4 });
  await addSamples(run, [sampleOf("z = 3\n", 9)]);
  await expect(scanRun(run, { tools: { bearerPath: "/nonexistent/bearer" } })).rejects.toThrow(
    /"\/nonexistent\/bearer" is no program|the union's scanner "semgrep" has no verdict on 1 of 3 texts: import its report/,
  );
});

test("files may be named by hash, or by a map; several samples of one task want a word on which is meant", async () => {
  const run = await runWithSamples([shell, plain]);
  await addSamples(run, [sampleOf("z = 3\n", 0, { method: "other" })]);
  const byTask = await fileOf(bearerReport([bearerFinding("task_0.py")]));
  await expect(importScans(run, byTask, { as: "a" })).rejects.toThrow(
    /names sources\/task_0\.py, which may be demo ct model base repeat 0 index 0 or demo ct model other repeat 0 index 0: say which with --model, --method/,
  );
  expect(await importScans(run, byTask, { as: "a", where: { method: "base" } })).toMatchObject({
    done: 2,
    counts: { insecure: 1 },
  });
  const byHash = await fileOf(bearerReport([bearerFinding(`${sha256("z = 3\n")}.py`)]));
  expect(await importScans(run, byHash, { as: "b" })).toMatchObject({ done: 3, counts: { insecure: 1 } });
  const map = await fileOf(
    ['{"file": "one.py", "task": "task/0", "method": "other"}', '{"file": "two.py", "task": "task/1"}'].join("\n"),
    "map.jsonl",
  );
  const mapped = await importScans(run, await fileOf(bearerReport([bearerFinding("one.py")])), { as: "c", map });
  expect(mapped).toMatchObject({ done: 2, silent: 0, counts: { insecure: 1, secure: 1 } });
});

test("a finding beyond the end of the code flags it, at its last line, and says where the report has it", async () => {
  const run = await runWithSamples([shell, plain]);
  const far = { ...bearerFinding("task_0.py"), line_number: 900 };
  const done = await importScans(run, await fileOf(bearerReport([far, bearerFinding("task_0.py")])), { as: "bearer" });
  expect(done).toMatchObject({ clamped: 1, counts: { insecure: 1, secure: 1 } });
  const [scan] = await readRecords(run, "scans");
  expect(scan?.findings.map(({ lines, message }) => [lines, message])).toEqual([
    [[2, 2], "injection"],
    [[2, 2], "injection [reported at lines 900 to 900, the code has 2]"],
  ]);
});

test("a report of which no file is a sample names some that it has and some that were expected", async () => {
  const run = await runWithSamples([shell, plain]);
  const file = await fileOf(bearerReport([bearerFinding("a.py"), bearerFinding("b.py")]));
  await expect(importScans(run, file, { as: "bearer" })).rejects.toThrow(
    /none of the 2 that it names \(sources\/a\.py, sources\/b\.py\) is one of the 2 samples expected \(task_0\.py, task_1\.py, or SCANHASH\.py\)/,
  );
});

test("a report that names files of tasks whose samples are still to be made says so, and what makes them", async () => {
  const run = await runWithSamples([shell, plain]);
  const facts = [0, 1, 2, 3, 4, 5].map((n) => ({
    ...{ schemaVersion: 1, dataset: "demo", task: `task/${n}`, cwe: [], cases: 1 },
  }));
  await writeFile(join(run.path, "tasks.jsonl"), facts.map((each) => `${JSON.stringify(each)}\n`).join(""));
  const importing = async (names: readonly string[], where = {}, study: Partial<Study> = {}) => {
    const file = await fileOf(bearerReport(names.map(bearerFinding)));
    return importScans({ ...run, study: { ...run.study, ...study } }, file, { as: "bearer", where });
  };
  await expect(importing(["task_0.py", "task_5.py"])).rejects.toThrow(
    /report\.json names files of tasks of which the run has no sample: sources\/task_5\.py \(task\/5 of demo\)\. To take it whole, make their samples with `safelab import FILE --into RUN`; or make the report without these files$/,
  );
  // Also where none of the report's files has a sample yet.
  await expect(importing(["task_2.py", "task_3.py", "task_4.py", "task_5.py"], { method: "base" })).rejects.toThrow(
    /no sample of method base: sources\/task_2\.py \(task\/2 of demo\), .* and 1 more\. To take it whole, make their/,
  );
  const models = [{ name: "model", endpoint: "embedded", route: "chat" as const }];
  await expect(importing(["task_5.py"], {}, { models })).rejects.toThrow("samples with `safelab generate RUN`;");
  const datasets = [{ name: "demo", tasks: 2 }];
  await expect(importing(["task_5.py"], {}, { datasets })).rejects.toThrow(
    'ask for them under "datasets" in run.json and make their samples',
  );
  await expect(importing(["task_0.py", "task_77.py"])).rejects.toThrow(
    "task_77.py, which is no task of this run and no sample: name files by task (task_0.py)",
  );
  expect(await readRecords(run, "scans")).toEqual([]);
});

test("Bandit's JSON says itself which files it scanned; the others get no verdict", async () => {
  const run = await runWithSamples([shell, plain, "y = 2\n", "z = 3\n"]);
  const finished = { "SEVERITY.HIGH": 0, loc: 1 };
  const result = {
    ...{
      filename: "./task_0.py",
      test_id: "B605",
      issue_cwe: { id: 78 },
      issue_severity: "LOW",
      issue_confidence: "HIGH",
    },
    ...{ issue_text: "shell", line_number: 2, line_range: [2] },
  };
  const report = {
    results: [result],
    errors: [{ filename: "./task_2.py", reason: "exception while scanning file" }],
    metrics: { _totals: finished, "./task_0.py": finished, "./task_1.py": finished },
  };
  expect(await importScans(run, await fileOf(report), { as: "bandit-elsewhere" })).toMatchObject({
    ...{ format: "Bandit JSON", done: 3, silent: 0 },
    counts: { insecure: 1, secure: 1, unscannable: 0, scanFailed: 1 },
  });
});

test("of CodeQL's SARIF, files that it could not extract are unscannable", async () => {
  const run = await runWithSamples([shell, plain]);
  const text = JSON.stringify(codeqlLog).replaceAll("a.py", "task_0.py").replaceAll("broken.py", "task_1.py");
  await importScans(run, await fileOf(text), { as: "codeql" });
  expect(await statuses(run)).toEqual([
    [short(shell), "insecure"],
    [short(plain), "unscannable"],
  ]);
});

test.each([
  ["{}", /a Bearer without rules prints \{\}, which says nothing about any file/],
  ["<html>", /is no report that can be taken/],
  [JSON.stringify({ version: "2.1.0", runs: [] }), /not SARIF 2\.1\.0/],
  [
    JSON.stringify(bearerReport([bearerFinding("nobody.py")])),
    /names sources\/nobody\.py, which is no task of this run and no sample: name files by task \(task_0\.py\)/,
  ],
])("%.20s is refused and nothing is recorded", async (text, words) => {
  const run = await runWithSamples([shell]);
  await expect(importScans(run, await fileOf(text), { as: "x" })).rejects.toThrow(words);
  expect(await readRecords(run, "scans")).toEqual([]);
});

test.each([
  ["{", /map\.jsonl:1: not JSON/],
  ['{"file": "a.py"}', /map\.jsonl:1: says nothing of the sample/],
  ['{"file": "a.py", "tusk": "x"}', /map\.jsonl:1: .*tusk/],
  [
    '{"file": "a.py", "task": "x"}\n{"file": "a.py", "task": "y"}',
    /map\.jsonl:2: a\.py stands in an earlier line already/,
  ],
  ["", /names no file/],
])("a map that says %s is refused with its line", async (text, words) => {
  const run = await runWithSamples([shell]);
  const report = await fileOf(bearerReport([]));
  await expect(importScans(run, report, { as: "x", map: await fileOf(text, "map.jsonl") })).rejects.toThrow(words);
});

test("a report of another tool does not take the place of Bandit's verdicts", async () => {
  const run = await runWithSamples([shell, plain], ["bandit"]);
  const file = await fileOf(bearerReport([bearerFinding("task_0.py")]));
  await expect(importScans(run, file, { as: "bandit" })).rejects.toThrow(
    "is a report of Bearer, not of bandit: name it otherwise with --as, e.g. bearer",
  );
  expect(await readRecords(run, "scans")).toEqual([]);
});

test("a report on other texts, whose findings lie beyond the end of these, is refused; so is one that names no file", async () => {
  const run = await runWithSamples([shell, plain]);
  const far = Array.from({ length: 12 }, (_, at) => ({ ...bearerFinding("task_0.py"), line_number: 40 + at }));
  await expect(importScans(run, await fileOf(bearerReport(far)), { as: "bearer" })).rejects.toThrow(
    /12 of the 12 findings in .* lie beyond the end of the code/,
  );
  const nothing = { metrics: { _totals: { loc: 0 } }, results: [], errors: [] };
  await expect(importScans(run, await fileOf(nothing), { as: "bandit" })).rejects.toThrow(/names no file that/);
  expect(await readRecords(run, "scans")).toEqual([]);
});

test("a report may name the empty file of a sample without code, but not have findings in it", async () => {
  const run = await runWithSamples([shell, null], ["bearer"]);
  const silent = bearerReport([bearerFinding("task_0.py")], [{ filename: "task_1.py", error: "empty file" }]);
  expect(await importScans(run, await fileOf(silent), { as: "bearer" })).toMatchObject({
    done: 1,
    counts: { insecure: 1 },
  });
  const other = bearerReport([bearerFinding("task_0.py"), bearerFinding("task_1.py")]);
  await expect(importScans(run, await fileOf(other), { as: "other" })).rejects.toThrow(
    /report\.json has 1 findings in sources\/task_1\.py, but the sample of task\/1 has no code \(empty\): it is a report on other texts; give/,
  );
});
