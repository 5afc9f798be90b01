import { appendFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { scannerSecureAtK } from "../../src/metric/scannerSecureAtK.js";
import { secureAtK } from "../../src/metric/secureAtK.js";
import { openRunAt } from "../../src/record/openRun.js";
import { editStudy, openRunFolder, type RunFolder } from "../../src/record/runFolder.js";
import { importScans } from "../../src/scan/importScans.js";
import { scanRun } from "../../src/scan/scanRun.js";
import { bearerStandIn, type Recorded } from "./bearerStandIn.js";
import { bearerOutput, data, solutionsOf } from "./recordedBearer.js";
import { addSamples, runWithSamples, sampleOf } from "./runWithSamples.js";
import { sha256 } from "../../src/record/canonical.js";

const qwen = "qwen2.5-coder-7b-instruct.bigcodebench-complete";

/** A run of one model's samples on BigCodeBench, judged by Bandit and Bearer in the paper's convention. */
async function runOf(samples: readonly { task: string; code: string }[]): Promise<RunFolder> {
  const run = await runWithSamples([], ["bandit", "bearer"]);
  await addSamples(
    run,
    samples.map(({ task, code }, at) => sampleOf(code, at, { task })),
  );
  await writeFile(join(run.path, "tasks.jsonl"), "");
  await appendFile(
    join(run.path, "tasks.jsonl"),
    samples
      .map(({ task }) => `${JSON.stringify({ schemaVersion: 1, dataset: "demo", task, cwe: [], cases: 1 })}\n`)
      .join(""),
  );
  return editStudy(run, ["policies"], { unscannable: "secure" });
}

/** Samples that each scanner flags, and the union; samples of which Bearer or the union has no verdict. */
async function countsOf(run: RunFolder) {
  const { rows } = await openRunAt(run.path);
  const count = (column: "scan_bandit" | "scan_bearer" | "secure", value: string) =>
    rows.filter((row) => row[column] === value).length;
  return {
    bandit: count("scan_bandit", "insecure"),
    bearer: count("scan_bearer", "insecure"),
    union: count("secure", "insecure"),
    unparseable: count("scan_bandit", "unscannable"),
    rows,
  };
}

const digits = (value: number) => value.toFixed(3).slice(1);

// Counted in files: bandit -q -r -f json --ignore-nosec (1.9.4) and bearer scan … -f jsonv2 (2.1.0) on the 1,140 files.
test.skipIf(data === undefined)(
  "on the 1,140 Qwen generations Bearer flags 398 and the union 440, of 1,115 and 1,116 that have a verdict",
  async () => {
    const run = await runOf(solutionsOf(`${qwen}.generations.jsonl.gz`));
    const { counts } = await importScans(run, join(data ?? "", "bearer", `${qwen}.jsonv2.gz`), { as: "bearer" });
    expect(counts).toMatchObject({ unscannable: 0 });
    await scanRun(run);
    const { rows, ...flagged } = await countsOf(run);
    expect(flagged).toEqual({ bandit: 284, bearer: 398, union: 440, unparseable: 0 });
    expect([398 / 1140, 440 / 1140].map((share) => digits(1 - share))).toEqual([".651", ".614"]);

    const bearer = scannerSecureAtK(rows, "bearer");
    const union = secureAtK(rows);
    expect([bearer.total, digits(bearer.value)]).toEqual([1115, ".643"]);
    expect([union.total, digits(union.value)]).toEqual([1116, ".606"]);
    expect(bearer.excluded).toEqual([{ reason: "scan by bearer failed", count: 25 }]);

    const rates = [];
    for (const severity of ["LOW", "MEDIUM", "HIGH"]) {
      await editStudy(await openRunFolder(run.path), ["thresholds"], { bandit: { severity, confidence: "LOW" } });
      rates.push(digits(scannerSecureAtK((await openRunAt(run.path)).rows, "bandit").value));
    }
    expect(rates).toEqual([".751", ".932", ".988"]);
  },
  300_000,
);

test.skipIf(data === undefined)(
  "the Bearer scanner, run over the Qwen generations, gives what was recorded",
  async () => {
    const samples = solutionsOf(`${qwen}.generations.jsonl.gz`);
    const output = bearerOutput(qwen);
    const nameOf = (task: string) => `${task.replace("/", "_")}.py`;
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
    const { rows, bearer } = await countsOf(run);
    expect([bearer, rows.filter((row) => row["scan_bearer"] === "scanFailed").length]).toEqual([398, 25]);
  },
  300_000,
);

const quantized: readonly [
  model: string,
  technique: string,
  bandit: number,
  bearer: number,
  union: number,
  unparseable: number,
][] = [
  ["codellama-7b-instruct", "fp16", 290, 386, 436, 0],
  ["codellama-7b-instruct", "awq", 291, 379, 433, 0],
  ["codellama-7b-instruct", "gguf-q4km", 291, 393, 438, 3],
  ["codellama-7b-instruct", "aqlm", 254, 339, 383, 0],
  ["codellama-7b-instruct", "quip-sharp", 284, 386, 429, 15],
  ["qwen2.5-coder-7b-instruct", "fp16", 290, 398, 443, 0],
  ["qwen2.5-coder-7b-instruct", "awq", 286, 395, 438, 0],
  ["qwen2.5-coder-7b-instruct", "gguf-q4km", 287, 403, 448, 2],
  ["qwen2.5-coder-7b-instruct", "aqlm", 291, 398, 443, 2],
  ["qwen2.5-coder-7b-instruct", "quip-sharp", 282, 395, 437, 8],
];

// The figures count files that Bearer flags although Python cannot parse them; here these are unscannable for every scanner.
test.skipIf(data === undefined).each(quantized)(
  "%s under %s: Bandit flags %i, Bearer %i, the union %i of 1,140 files; %i do not parse and are never flagged",
  async (model, technique, bandit, bearer, union, unparseable) => {
    const name = `quantization.${model}.${technique}`;
    const run = await runOf(solutionsOf("quantization", `${model}.${technique}.bigcodebench-instruct.jsonl.gz`));
    await importScans(run, join(data ?? "", "bearer", `${name}.jsonv2.gz`), { as: "bearer" });
    await scanRun(run);
    const { rows, ...flagged } = await countsOf(run);
    const files = new Set(bearerOutput(name).findings.map(({ filename }) => filename));
    const isNamed = ({ task }: { task: string }) => files.has(`${task.replace("/", "_")}.py`);
    expect(rows).toHaveLength(1140);
    expect(rows.filter(isNamed)).toHaveLength(bearer);
    expect(rows.filter((row) => isNamed(row) || row["scan_bandit"] === "insecure")).toHaveLength(union);
    const broken = rows.filter((row) => isNamed(row) && row["scan_bearer"] === "unscannable").length;
    expect(flagged).toEqual({ bandit, bearer: bearer - broken, union: union - broken, unparseable });
    expect(broken).toBeLessThanOrEqual(unparseable);
  },
  300_000,
);
