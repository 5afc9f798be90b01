import { describe, expect, test } from "vitest";
import { confusionMatrix, confusionScores } from "../../src/metric/confusionMatrix.js";
import { cweCounts } from "../../src/metric/cweCounts.js";
import { groupRows } from "../../src/metric/groupRows.js";
import { countReasons, rate } from "../../src/metric/rate.js";
import type { Finding } from "../../src/record/schema/scan.js";
import { row } from "./rows.js";

const finding = (...cwe: number[]): Finding => ({
  ruleId: "r",
  cwe,
  severity: "LOW",
  confidence: "HIGH",
  lines: [1, 1],
  message: "",
});
const scanned = (task: string, ...findings: Finding[]) => ({
  ...row({ task, scan_bandit: findings.length > 0 ? "insecure" : "secure" }),
  findings: { bandit: findings },
});

describe("cweCounts", () => {
  const rows = [
    scanned("a", finding(78), finding(78, 22), finding()),
    scanned("b", finding(78)),
    scanned("c"),
    { ...row({ task: "d", scan_bandit: "scanFailed" }), findings: {} },
  ];

  test("counts each CWE by finding and by sample, rules without one under null, most samples first", () => {
    const { scanned, excluded, counts } = cweCounts(rows, "bandit");
    expect(scanned).toBe(3);
    expect(excluded).toEqual([{ reason: "on which bandit failed", count: 1 }]);
    expect(counts.map(({ cwe, findings, samples }) => [cwe, findings, samples])).toEqual([
      [78, 3, 2],
      [null, 1, 1],
      [22, 1, 1],
    ]);
    expect(counts[0]!.where).toEqual([rows[0], rows[1]]);
  });

  test("counts a finding once per family when an alias joins its CWEs", () => {
    const { counts } = cweCounts(rows, "bandit", (cwe) => (cwe === 22 ? 78 : cwe));
    expect(counts.map(({ cwe, findings, samples }) => [cwe, findings, samples])).toEqual([
      [78, 3, 2],
      [null, 1, 1],
    ]);
  });

  test("names a scanner that has no column", () => {
    expect(() => cweCounts(rows, "bearer")).toThrow("no column scan_bearer");
  });
});

describe("confusionMatrix", () => {
  const judged = [
    [true, true],
    [true, true],
    [true, false],
    [false, true],
    [false, false],
    [false, false],
    [false, false],
  ].map(([predicted, actual]) => ({ predicted: predicted!, actual: actual! }));

  test("counts verdicts by truth", () => {
    expect(confusionMatrix(judged)).toEqual({ tp: 2, fp: 1, tn: 3, fn: 1 });
    expect(confusionMatrix([])).toEqual({ tp: 0, fp: 0, tn: 0, fn: 0 });
  });

  test("gives each rate with its denominator: FP over FP + TN, not over n", () => {
    const scores = confusionScores(confusionMatrix(judged));
    expect(scores.precision).toMatchObject({ value: 2 / 3, hits: 2, total: 3 });
    expect(scores.recall).toMatchObject({ hits: 2, total: 3 });
    expect(scores.falsePositiveRate).toMatchObject({ value: 0.25, hits: 1, total: 4 });
    expect(scores.falseNegativeRate).toMatchObject({ hits: 1, total: 3 });
    expect(scores.accuracy).toMatchObject({ hits: 5, total: 7 });
    expect(scores.f1).toBeCloseTo(2 / 3, 14);
    expect(confusionScores({ tp: 0, fp: 0, tn: 3, fn: 0 }).f1).toBeNaN();
  });
});

test("groupRows keeps apart what glued keys would merge, and keeps the order", () => {
  const rows = [
    { x: "a-b", y: "c" },
    { x: "a", y: "b-c" },
    { x: "a-b", y: "c" },
  ];
  expect(groupRows(rows, ["x", "y"])).toEqual([[rows[0], rows[2]], [rows[1]]]);
});

test("rate is NaN over nothing and refuses more hits than units", () => {
  expect(rate(0, 0)).toEqual({ value: Number.NaN, hits: 0, total: 0, excluded: [] });
  expect(rate(3, 4).value).toBe(0.75);
  expect(() => rate(2, 1)).toThrow("rate requires 0 ≤ hits ≤ total, not 2 of 1");
  expect(() => rate(Number.NaN, 1)).toThrow("rate requires");
});

test("countReasons puts the most frequent first, then the alphabet", () => {
  expect(countReasons(["b", "c", "a", "c"])).toEqual([
    { reason: "c", count: 2 },
    { reason: "a", count: 1 },
    { reason: "b", count: 1 },
  ]);
});
