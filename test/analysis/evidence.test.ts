import { expect, test } from "vitest";
import { doubtsOf, evidenceOf } from "../../src/analysis/evidence.js";
import { facts, row } from "./rows.js";

const shared = facts({ methods: ["base"], union: ["bandit"] });
const all = [
  row(shared, { task: "t1", scans: { bandit: "secure" } }),
  row(shared, { task: "t2", sampleStatus: "missing" }),
  row(shared, { task: "t3", scans: { bandit: "scanFailed" }, casePass: 1 }),
  row(shared, { task: "t4", casePass: 1 }),
];

test("where no need is met nothing counts, and what has no sample is still told", () => {
  const rows = all.slice(1, 2).concat(row(shared, { task: "t5" }));
  expect(evidenceOf({ rows }, ["execution"])).toEqual({
    counted: [],
    excluded: [{ reason: "no sample", count: 1 }],
    missing: new Map([["execution", "no executions: run `safelab execute RUN`"]]),
  });
});

test("a sample is left out for the first of the needs that it lacks, in the order in which they are asked", () => {
  const reasons = (needs: Parameters<typeof doubtsOf>[1]) =>
    all.map((each) => doubtsOf({ rows: all }, needs).get(each));
  expect(reasons(["execution", "union"])).toEqual(["not executed", "no sample", "scan failed", "not scanned"]);
  expect(reasons(["union", "execution"])).toEqual(["not executed", "no sample", "scan failed", "not scanned"]);
  const neither = [row(shared, { task: "t6" })];
  const first = (needs: Parameters<typeof doubtsOf>[1]) => [...doubtsOf({ rows: neither }, needs).values()];
  expect([first(["execution", "union"]), first(["union", "execution"])]).toEqual([["not executed"], ["not scanned"]]);
});

test("a scanner that no row has a column of is missing, and no fault", () => {
  const { missing, counted } = evidenceOf({ rows: all }, ["union", "scan_codeql"]);
  expect([...missing]).toEqual([["scan_codeql", expect.stringMatching(/^no scans by CodeQL: run `safelab scan RUN/)]]);
  expect(counted.map(({ task }) => task)).toEqual(["t1"]);
});

test("scans are told to have failed where one did, not where an endpoint failed or a scan is not there", () => {
  const why = (scan: "notScanned" | "scanFailed", need: "union" | "scan_bandit") =>
    evidenceOf(
      {
        rows: [
          row(shared, { task: "t1", scans: { bandit: scan } }),
          row(shared, { task: "t2", sampleStatus: "endpointFailed" }),
        ],
      },
      [need],
    ).missing.get(need);
  expect(why("notScanned", "scan_bandit")).toBe("no scans by Bandit: run `safelab scan RUN --scanner bandit`");
  expect(why("notScanned", "union")).toContain("run `safelab scan RUN`");
  expect(why("scanFailed", "scan_bandit")).toContain("every scan by Bandit that was made failed");
  expect(why("scanFailed", "union")).toContain("scans failed");
});
