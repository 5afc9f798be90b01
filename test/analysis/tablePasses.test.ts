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

  test("a scanner beside the union has its own tasks, and takes none from the others", () => {
    const some = rows.map((each) => ({ ...each, scan_codeql: each.task === "t1" ? "secure" : "notScanned" }) as const);
    expect(line("Secure@k (CodeQL)", 2, some)).toMatchObject({
      n: { value: 1, total: 2 },
      first: { value: 1, total: 1 },
    });
    expect(line("Pass@k (Task)", 2, some)?.["first"]).toEqual(line("Pass@k (Task)", 2)?.["first"]);
    expect(tablePasses(some).notes).toContain(
      "CodeQL, beside the union, has tasks of its own. Left out of the denominators, tasks whose first k samples are not all known: at k = 1 … 3: 1 not scanned by codeql.",
    );
    const one = some.filter(({ index }) => index === 0);
    expect(line("Secure@k (CodeQL)", 1, one)).toMatchObject({ n: { value: 1 }, first: { total: 1 } });
    expect(line("Pass@k (Task)", 1, one)).toMatchObject({ n: { value: 2 }, first: { total: 2 } });
    expect(tablePasses(rows).notes.join(" ")).not.toContain("beside the union");
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
    expect(line("Pass@k (Task)", 3, gap)?.["unbiased"]?.total).toBe(1);
  });

  /** t2's samples: passed, not executed, failed. */
  const gap = rows.map((each) =>
    each.task === "t2" && each.index === 1
      ? { ...each, casePass: null, taskPass: null, execution: "notRun" as const }
      : each,
  );

  test("both forms of a line are over the same tasks, and their difference is what the order does", () => {
    const two = line("Pass@k (Task)", 2, gap);
    // Two of t2's three samples are known, but not its first two: t1 alone counts, 0 by order and 2/3 over all choices.
    expect([two?.["first"]?.total, two?.["unbiased"]?.total]).toEqual([1, 1]);
    expect([two?.["first"]?.value, two?.["unbiased"]?.value]).toEqual([0, expect.closeTo(2 / 3, 12)]);
    expect(two?.["difference"]?.value).toBeCloseTo(2 / 3, 12);
    // t2's known samples are one that passed and one that failed.
    expect(line("Pass@k (Task)", 1, gap)?.["unbiased"]?.value).toBeCloseTo((1 / 3 + 1 / 2) / 2, 12);
    for (const { first, unbiased, n } of tablePasses(gap).rows)
      expect([first?.total, unbiased?.total]).toEqual([n?.value, n?.value]);
  });

  test("the notes count what each k leaves out, and the samples that the unbiased form passes over", () => {
    const notes = tablePasses(gap).notes.join(" ");
    expect(notes).toContain("not all known: at k = 2 and 3: 1 not executed.");
    expect(notes).toContain("pass over samples of counted tasks that are not known: at k = 1: 1 not executed.");
    expect(tablePasses(rows).notes.join(" ")).not.toMatch(/Left out|pass over/);
  });

  test("where a filter leaves fewer than k samples of a task, the lines of that k are empty and say why", () => {
    const filtered = gap.filter(({ execution }) => execution !== "notRun");
    expect(line("Pass@k (Task)", 2, filtered)?.["first"]?.value).toBe(0.5);
    for (const key of ["n", "first", "unbiased", "difference"])
      expect(line("SAFE@k", 3, filtered)?.[key]).toMatchObject({
        value: null,
        missing:
          "task t2 has fewer than 3 samples among these rows: keep every sample of a task, also those that are not known",
      });
    const less = filtered.filter(({ task, index }) => task !== "t2" || index === 0);
    expect(line("Secure@k (union)", 1, less)?.["first"]?.value).toBe(0.5);
    expect(line("Secure@k (union)", 2, less)?.["unbiased"]?.missing).toContain("task t2 has fewer than 2 samples");
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
