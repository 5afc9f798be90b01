import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { readRecords } from "../../src/record/readRecords.js";
import { scanRun } from "../../src/scan/scanRun.js";
import { runWithSamples } from "./runWithSamples.js";

const data = process.env.SAFELAB_DATA;
const file = "qwen2.5-coder-7b-instruct.bigcodebench-complete.generations.jsonl.gz";

// bandit -q -r -f json --ignore-nosec on the 1,140 files, Bandit 1.9.4: files with a finding, from any severity,
// from MEDIUM and from HIGH on: 284, 77, 14 (Secure@1 .751, .932, .988).
test.skipIf(data === undefined)(
  "Bandit flags 284 of the 1,140 Qwen generations and all can be scanned",
  async () => {
    const codes = gunzipSync(readFileSync(join(data ?? "", file)))
      .toString("utf8")
      .trim()
      .split("\n")
      .map((line) => (JSON.parse(line) as { solution: string }).solution);
    expect(codes).toHaveLength(1140);
    const run = await runWithSamples(codes);
    const start = Date.now();
    const { scanners } = await scanRun(run);
    console.log(`1,140 files scanned in ${((Date.now() - start) / 1000).toFixed(1)} s`);
    const scans = new Map((await readRecords(run, "scans")).map((scan) => [scan.scanHash, scan]));
    const samples = await readRecords(run, "samples");
    const flaggedFrom = (...severities: string[]) =>
      samples.filter((sample) =>
        scans.get(sample.scanHash ?? "")?.findings.some(({ severity }) => severities.includes(severity)),
      ).length;
    expect(scanners[0]?.counts).toMatchObject({ unscannable: 0, scanFailed: 0 });
    expect([flaggedFrom("LOW", "MEDIUM", "HIGH"), flaggedFrom("MEDIUM", "HIGH"), flaggedFrom("HIGH")]).toEqual([
      284, 77, 14,
    ]);
  },
  300_000,
);
