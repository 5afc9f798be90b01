import { describe, expect, test } from "vitest";
import { samplesOf } from "../../src/analysis/samplesOf.js";
import { table5 } from "../../src/analysis/table5.js";
import { tablePasses } from "../../src/analysis/tablePasses.js";
import { passAtK, passAtKUnbiased } from "../../src/metric/passAtK.js";
import { safeAtK, safeAtKUnbiased } from "../../src/metric/safeAtK.js";
import { facts, row, syntheticRows } from "./rows.js";

const shared = facts({ methods: ["base"], k: 3 });

/** Two tasks with three samples each; which pass: t1 the last, t2 the first two. All are secure but t2's first. */
const rows = [
  [0, 0, 1],
  [1, 1, 0],
].flatMap((passes, task) =>
  passes.map((casePass, index) =>
    row(shared, {
      task: `t${task + 1}`,
      index,
      casePass,
      scans: { bandit: task === 1 && index === 0 ? "insecure" : "secure" },
    }),
  ),
);
const line = (measure: string, k: number, of = rows) =>
  tablePasses(of).rows.find((cells) => cells["measure"]?.value === measure && cells["k"]?.value === k);

describe("tablePasses", () => {
  test("sets the paper's form beside the unbiased estimator for every k", () => {
    const pass = [1, 2, 3].map((k) => line("Pass@k (Task)", k));
    // First k in order: t2 alone, t2 alone, both. Unbiased: (1/3 + 2/3)/2, (2/3 + 1)/2, 1.
    expect(pass.map((cells) => cells?.["first"]?.value)).toEqual([0.5, 0.5, 1]);
    [0.5, 5 / 6, 1].forEach((value, i) => expect(pass[i]?.["unbiased"]?.value).toBeCloseTo(value, 12));
    expect(pass[1]?.["difference"]?.value).toBeCloseTo(1 / 3, 12);
    expect(
      tablePasses(rows)
        .rows.map((cells) => cells["k"]?.value)
        .slice(0, 4),
    ).toEqual([1, 2, 3, 1]);
  });

  test("its numbers are those of the metrics", () => {
    for (const k of [1, 2, 3]) {
      expect(line("Pass@k (Task)", k)?.["first"]?.value).toBe(passAtK(rows, { k }).value);
      expect(line("Pass@k (Task)", k)?.["unbiased"]?.value).toBe(passAtKUnbiased(rows, { k }).value);
      expect(line("SAFE@k", k)?.["first"]?.value).toBe(safeAtK(rows, { k }).value);
      expect(line("SAFE@k", k)?.["unbiased"]?.value).toBe(safeAtKUnbiased(rows, { k }).value);
    }
  });

  test("a task whose first k samples are not all known is left out there and counted", () => {
    const gap = rows.map((each) =>
      each.task === "t2" && each.index === 1
        ? { ...each, casePass: null, taskPass: null, execution: "notRun" as const }
        : each,
    );
    expect(line("Pass@k (Task)", 1, gap)?.["n"]?.value).toBe(2);
    const two = line("Pass@k (Task)", 2, gap);
    expect([two?.["n"]?.value, two?.["first"]?.excluded]).toEqual([1, [{ reason: "not executed", count: 1 }]]);
    // Two of t2's three samples are known.
    expect(two?.["unbiased"]?.total).toBe(2);
    expect(line("Pass@k (Task)", 3, gap)?.["unbiased"]?.total).toBe(1);
  });

  test("a cell's where selects the samples of every index", () => {
    expect(samplesOf(rows, line("SAFE@k", 2)?.["first"]?.where ?? {})).toHaveLength(6);
  });

  test("without executions the lines of function name the command", () => {
    const scanned = rows.map((each) => ({ ...each, casePass: null, taskPass: null, execution: "notRun" as const }));
    expect(line("SAFE@k", 2, scanned)?.["first"]?.missing).toContain("safelab execute RUN");
    expect(line("Secure@k (union)", 2, scanned)?.["first"]?.value).toBe(1);
  });

  test("with one sample a task shows Table 5's rates once and says so", () => {
    const one = syntheticRows({ tasks: 10 });
    const table = tablePasses(one);
    expect(table.rows).toHaveLength(2 * 8);
    expect(table.notes[0]).toContain("One sample a task");
    expect(table.rows[7]?.["unbiased"]).toEqual(table5(one).rows[0]?.["safe"]);
    expect(table.rows[7]?.["difference"]?.value).toBe(0);
  });
});
