import { cp } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openRecorded } from "../../src/notebook/openRecorded.js";
import { projectRoot } from "../../src/process/projectRoot.js";
import { sha256 } from "../../src/record/canonical.js";
import { openRunAt } from "../../src/record/openRun.js";
import { readRecords } from "../../src/record/readRecords.js";
import { editStudy, openRunFolder, type RunFolder } from "../../src/record/runFolder.js";
import type { ResultRow } from "../../src/record/schema/resultRow.js";
import type { Scan } from "../../src/record/schema/scan.js";
import { scannerSecureAtK } from "../../src/metric/scannerSecureAtK.js";
import { secureAtK } from "../../src/metric/secureAtK.js";
import { importScans } from "../../src/scan/importScans.js";
import { scanRun } from "../../src/scan/scanRun.js";
import { bearerStandIn, type Recorded } from "./bearerStandIn.js";
import { bearerOutput, data, solutionsOf } from "./recordedBearer.js";
import { addSamples, runWithSamples, sampleOf } from "./runWithSamples.js";
import { temporaryFolder } from "./scanFolderOf.js";

const qwen = "qwen2.5-coder-7b-bigcodebench";
const quantization = "quantization-bigcodebench";
const generations = "qwen2.5-coder-7b-instruct.bigcodebench-complete";

/** Samples that each scanner flags, and the union; those that do not parse. */
function countsOf(rows: readonly ResultRow[]) {
  const count = (column: "scan_bandit" | "scan_bearer" | "secure", value: string) =>
    rows.filter((row) => row[column] === value).length;
  return {
    bandit: count("scan_bandit", "insecure"),
    bearer: count("scan_bearer", "insecure"),
    union: count("secure", "insecure"),
    unparseable: rows.filter((row) => row.scanHash !== "" && row["scan_bandit"] === "unscannable").length,
  };
}

const digits = (value: number) => value.toFixed(3).slice(1);

// Counted in files: bandit -q -r -f json --ignore-nosec (1.9.4) and bearer scan … -f jsonv2 (2.1.0) on the 1,140 files.
test("on the 1,140 Qwen generations Bearer flags 398 and the union 440, of 1,115 and 1,116 that have a verdict", async () => {
  const { rows } = await openRecorded(qwen);
  expect(countsOf(rows)).toEqual({ bandit: 284, bearer: 398, union: 440, unparseable: 0 });
  const bearer = scannerSecureAtK(rows, "bearer");
  const union = secureAtK(rows);
  expect([bearer.total, digits(bearer.value)]).toEqual([1115, ".643"]);
  expect([union.total, digits(union.value)]).toEqual([1116, ".606"]);
  expect(bearer.excluded).toEqual([{ reason: "on which bearer failed", count: 25 }]);
});

test("Bandit's rate on them is .751, .932 and .988 from LOW, MEDIUM and HIGH severity on", async () => {
  const folder = join(await temporaryFolder(), "run");
  await cp(join(projectRoot(), "data", "recorded", qwen), folder, { recursive: true });
  const rates = [];
  for (const severity of ["LOW", "MEDIUM", "HIGH"]) {
    await editStudy(await openRunFolder(folder), ["thresholds"], { bandit: { severity, confidence: "LOW" } });
    rates.push(digits(scannerSecureAtK((await openRunAt(folder)).rows, "bandit").value));
  }
  expect(rates).toEqual([".751", ".932", ".988"]);
});

/** Files that Bandit flags, Bearer, one of them, as counted in the tools' own output; then how many do not parse, and how many of these Bearer flags. */
const quantized: readonly [
  model: string,
  technique: string,
  bandit: number,
  bearer: number,
  union: number,
  unparseable: number,
  broken: number,
][] = [
  ["codellama-7b-instruct", "fp16", 290, 386, 436, 0, 0],
  ["codellama-7b-instruct", "awq", 291, 379, 433, 0, 0],
  ["codellama-7b-instruct", "gguf-q4km", 291, 393, 438, 3, 2],
  ["codellama-7b-instruct", "aqlm", 254, 339, 383, 0, 0],
  ["codellama-7b-instruct", "quip-sharp", 284, 386, 429, 15, 6],
  ["qwen2.5-coder-7b-instruct", "fp16", 290, 398, 443, 0, 0],
  ["qwen2.5-coder-7b-instruct", "awq", 286, 395, 438, 0, 0],
  ["qwen2.5-coder-7b-instruct", "gguf-q4km", 287, 403, 448, 2, 2],
  ["qwen2.5-coder-7b-instruct", "aqlm", 291, 398, 443, 2, 0],
  ["qwen2.5-coder-7b-instruct", "quip-sharp", 282, 395, 437, 8, 1],
];

// Bearer reads some files that Python cannot parse; here these are unscannable for every scanner, and never flagged.
test("the recorded quantisation study flags what the scanners' own output counts, files that do not parse aside", async () => {
  const { rows } = await openRecorded(quantization);
  expect(rows).toHaveLength(11_400);
  for (const [model, technique, bandit, bearer, union, unparseable, broken] of quantized) {
    const own = rows.filter((row) => row.model === model && row.method === technique);
    const expected = { bandit, bearer: bearer - broken, union: union - broken, unparseable };
    expect(countsOf(own), `${model} ${technique}`).toEqual(expected);
  }
});

/** What a scan says, its tool's words aside. */
function verdictOf({ scanHash, status, findings }: Scan) {
  return { scanHash, status, findings: findings.map((finding) => ({ ...finding, message: "" })) };
}

const byHash = (a: Scan, b: Scan) => a.scanHash.localeCompare(b.scanHash);

/** Checks that every scan of a run is what was recorded of the same text. */
async function expectRecorded(run: RunFolder, scanner: string, name: string): Promise<void> {
  const scans = (await readRecords(run, "scans")).filter((scan) => scan.scanner === scanner).sort(byHash);
  const hashes = new Set(scans.map(({ scanHash }) => scanHash));
  const { run: from } = await openRecorded(name);
  const recorded = (await readRecords(from, "scans")).filter(
    (scan) => scan.scanner === scanner && hashes.has(scan.scanHash),
  );
  expect(scans.length).toBeGreaterThan(0);
  expect(scans.map(verdictOf)).toEqual(recorded.sort(byHash).map(verdictOf));
}

async function runOf(samples: readonly { task: string; code: string }[]): Promise<RunFolder> {
  const run = await runWithSamples([], ["bandit", "bearer"]);
  await addSamples(
    run,
    samples.map(({ task, code }, at) => sampleOf(code, at, { task })),
  );
  return run;
}

test.skipIf(data === undefined)("Bandit and Bearer's report, today, say what was recorded", async () => {
  const set = "codellama-7b-instruct.quip-sharp";
  const samples = solutionsOf("quantization", `${set}.bigcodebench-instruct.jsonl.gz`);
  const all = await runOf(samples);
  const report = join(data ?? "", "bearer", `quantization.${set}.jsonv2.gz`);
  const { counts } = await importScans(all, report, { as: "bearer" });
  expect(counts.unscannable).toBe(15);
  await expectRecorded(all, "bearer", quantization);
  const some = await runOf(samples.filter((_, at) => at % 19 === 0));
  await scanRun(some, { scanners: ["bandit"] });
  await expectRecorded(some, "bandit", quantization);
});

test.skipIf(data === undefined)("the Bearer scanner, run over Qwen generations, gives what was recorded", async () => {
  const output = bearerOutput(generations);
  const nameOf = (task: string) => `${task.replace("/", "_")}.py`;
  const failed = new Set(output.errors.map(({ filename }) => filename));
  const samples = solutionsOf(`${generations}.generations.jsonl.gz`).filter(
    ({ task, code }, at) => code !== "" && (at % 10 === 0 || failed.has(nameOf(task))),
  );
  const of = <T extends { filename: string }>(entries: readonly T[], task: string) =>
    entries.filter(({ filename }) => filename === nameOf(task));
  const recorded = Object.fromEntries(
    samples.map(({ task, code }): [string, Recorded] => [
      sha256(code),
      { findings: of(output.findings, task), errors: of(output.errors, task) },
    ]),
  );
  const { scanner } = await bearerStandIn({ recorded });
  const run = await runOf(samples);
  await scanRun(run, { scanners: [scanner] });
  await expectRecorded(run, "bearer", qwen);
});
