import { describe, expect, test } from "vitest";
import { table4 } from "../../src/analysis/table4.js";
import { tableComparisons } from "../../src/analysis/tableComparisons.js";
import type { TypedTable } from "../../src/table/typedTable.js";
import { facts, row, syntheticRows } from "./rows.js";

const methods = ["base", "sven", "promsec"];
const rows = syntheticRows({ methods, tasks: 40 });
const names = (table: TypedTable) => [
  ...new Set(table.rows.map((cells) => `${String(cells["against"]?.value)} ${String(cells["method"]?.value)}`)),
];
const column = (table: TypedTable, key: string) => table.rows.map((cells) => cells[key]?.value);
const line = (table: TypedTable, name: string, pair = "Base SVEN") =>
  table.rows.find(
    (cells) =>
      cells["measure"]?.value === name &&
      `${String(cells["against"]?.value)} ${String(cells["method"]?.value)}` === pair,
  );

/** Ten tasks: base passes all, sven t0 … t3. */
function lopsided() {
  const shared = facts();
  return Array.from({ length: 10 }, (_, i) => [
    row(shared, { task: `t${i}`, casePass: 1, scans: { bandit: "secure" } }),
    row(shared, { task: `t${i}`, method: "sven", casePass: i < 4 ? 1 : 0, scans: { bandit: "secure" } }),
  ]).flat();
}

describe("tableComparisons", () => {
  test("compares any two methods on every measure, scanners and both Pass@1 included", () => {
    const table = tableComparisons(rows);
    expect(names(table)).toEqual(["Base SVEN", "Base PromSec", "SVEN PromSec"]);
    expect(column(table, "measure").slice(0, 8)).toEqual([
      ...["Secure@1 (CodeQL)", "Secure@1 (Bearer)", "Secure@1 (Bandit)", "Secure@1 (union)"],
      ...["Pass@1 (Case)", "Pass@1 (Task)", "Secure-Pass@1", "SAFE@1"],
    ]);
    expect(table.rows).toHaveLength(3 * 8);
  });

  test("Table 4 is its baseline's column, adjusted by itself", () => {
    const keys = ["n", "base", "other", "difference", "d", "tP", "mcnemarP"];
    const cells = (table: TypedTable) =>
      table.rows
        .filter(({ against }) => against?.value === "Base")
        .map((each) => [each["measure"]?.value, each["method"]?.value, ...keys.map((key) => each[key])]);
    expect(cells(table4(rows, { measures: "all" }))).toEqual(cells(tableComparisons(rows)));
  });

  test("Table 4 is its baseline's column also where a scanner failed: a scanner's line counts its own pairs", () => {
    const shared = facts({ methods: ["base", "sven"], union: ["bandit", "bearer"] });
    const failing = Array.from({ length: 12 }, (_, i) =>
      ["base", "sven"].map((method) => {
        const bearer = i < 3 && method === "base" ? "scanFailed" : "secure";
        // The union is known of the first sample although a scanner failed on it: the other one flags it.
        const bandit = i === 0 || (method === "sven" && i > 8) ? "insecure" : "secure";
        return row(shared, { task: `t${i}`, method, casePass: i % 2, scans: { bandit, bearer } });
      }),
    ).flat();
    const all = tableComparisons(failing);
    const n = (name: string) => line(all, name)?.["n"]?.value;
    expect(["Secure@1 (Bandit)", "Secure@1 (Bearer)", "Secure@1 (union)", "SAFE@1"].map(n)).toEqual([12, 9, 10, 10]);
    for (const each of table4(failing).rows) {
      const own = line(all, String(each["measure"]?.value));
      for (const key of ["n", "base", "other", "difference", "tP", "mcnemarP"]) expect(own?.[key]).toEqual(each[key]);
    }
    expect(all.notes).toContain("Pairs left out: 2 Base: scan failed.");
  });

  test("two methods that are not the baseline compare as Table 4 does from the first of them", () => {
    const [all, one] = [tableComparisons(rows), table4(rows, { baseline: "sven" })];
    const safe = line(all, "SAFE@1", "SVEN PromSec");
    const same = one.rows.find((each) => each["measure"]?.value === "SAFE@1" && each["method"]?.value === "PromSec");
    expect(safe?.["difference"]).toEqual(same?.["difference"]);
    expect(safe?.["tP"]).toEqual(same?.["tP"]);
  });

  test("p is adjusted over all its lines, by Holm or by Benjamini and Hochberg", () => {
    const holm = tableComparisons(rows);
    const mild = tableComparisons(rows, { correction: "benjaminiHochberg" });
    const p = column(holm, "tP") as number[];
    const least = p.indexOf(Math.min(...p));
    expect(holm.rows[least]?.["tAdjusted"]?.value).toBeCloseTo(Math.min(1, 24 * Number(p[least])), 12);
    const adjusted = (table: TypedTable) => column(table, "tAdjusted").map(Number);
    expect(adjusted(mild).every((value, i) => value <= (adjusted(holm)[i] ?? 0))).toBe(true);
    expect(adjusted(mild)).not.toEqual(adjusted(holm));
    expect(mild.columns.map(({ label }) => label)).toContain("BH");
    expect(mild.notes.join(" ")).toContain("over the table’s 24 t tests and 18 McNemar tests");
  });

  test("Welch's t test does not take the variances for equal", () => {
    // scipy.stats.ttest_ind([1]*4 + [0]*6, [1]*10, equal_var=True).pvalue, then equal_var=False
    const p = (tTest: "pooled" | "welch") => line(tableComparisons(lopsided(), { tTest }), "Pass@1 (Task)")?.["tP"];
    expect(p("pooled")?.value).toBeCloseTo(0.0017354295899317676, 8);
    expect(p("welch")?.value).toBeCloseTo(0.00512107276427264, 8);
    expect(tableComparisons(lopsided(), { tTest: "welch" }).notes.join(" ")).toContain("Welch");
  });

  test("McNemar's test is exact or corrected", () => {
    const p = (mcnemar: "exact" | "corrected") =>
      line(tableComparisons(lopsided(), { mcnemar }), "Pass@1 (Task)")?.["mcnemarP"]?.value;
    // Six lost, none gained: 2/2^6; R: mcnemar.test(matrix(c(4, 0, 6, 0), 2))$p.value
    expect(p("exact")).toBeCloseTo(2 / 64, 12);
    expect(p("corrected")).toBeCloseTo(0.041226833337163815, 8);
  });

  test("the interval is the bootstrap's or Newcombe's, which is no point where no pair differs", () => {
    const same = lopsided().map((each) => ({ ...each, taskPass: true, casePass: 1 }));
    const interval = (name: string, how: "bootstrap" | "newcombe") =>
      line(tableComparisons(same, { interval: how }), name)?.["difference"]?.interval;
    expect(interval("Pass@1 (Task)", "bootstrap")).toEqual([0, 0]);
    const [low, high] = interval("Pass@1 (Task)", "newcombe") ?? [0, 0];
    expect([low < -0.1, high > 0.1]).toEqual([true, true]);
    expect(interval("SAFE@1", "newcombe")).toEqual([0, 0]);
  });

  test("with one method says that there is nothing to compare", () => {
    const table = tableComparisons(syntheticRows({ methods: ["base"] }));
    expect(table.rows).toEqual([]);
    expect(table.notes[0]).toContain("the rows hold one method (base)");
  });
});
