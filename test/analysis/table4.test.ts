import { describe, expect, test } from "vitest";
import { table4 } from "../../src/analysis/table4.js";
import type { TypedTable } from "../../src/table/typedTable.js";
import { handRows } from "./handRows.js";
import { facts, row, syntheticRows } from "./rows.js";

const measure = (table: TypedTable, name: string) => {
  const found = table.rows.find((cells) => cells["measure"]?.value === name);
  if (found === undefined) throw new Error(`no line ${name}`);
  return found;
};

describe("table4", () => {
  const table = table4(handRows());

  test("tests the paper's measures, the union and task-level Pass@1", () => {
    expect(table.rows.map((cells) => cells["measure"]?.value)).toEqual([
      "Secure@1 (union)",
      "Pass@1 (Task)",
      "Secure-Pass@1",
      "SAFE@1",
    ]);
    expect(table4(handRows(), { measures: "all" }).rows.map((cells) => cells["measure"]?.value)).toEqual([
      ...["Secure@1 (a)", "Secure@1 (b)", "Secure@1 (union)", "Pass@1 (Case)", "Pass@1 (Task)"],
      ...["Secure-Pass@1", "SAFE@1"],
    ]);
  });

  test("d and the t test are those of two independent samples, signed method − baseline", () => {
    const cells = measure(table, "Secure-Pass@1");
    // scipy.stats.ttest_ind([1, 0, 0, 0, 0], [1, 0, 1, 0, 0]): t = -0.632456, p = 0.544737; d = t·√(2/5)
    expect(cells["difference"]?.value).toBeCloseTo(-0.2, 12);
    expect(cells["tP"]?.value).toBeCloseTo(0.544737, 5);
    expect(cells["d"]?.value).toBeCloseTo(-0.4, 5);
    // t3 lost, none gained: 2·(1/2) = 1.
    expect(cells["mcnemarP"]?.value).toBeCloseTo(1, 12);
  });

  test("McNemar counts discordant pairs", () => {
    const shared = facts();
    const rows = Array.from({ length: 8 }, (_, i) => [
      row(shared, { task: `t${i}`, casePass: 1, scans: { bandit: "secure" } }),
      row(shared, { task: `t${i}`, method: "sven", casePass: i < 6 ? 0 : 1, scans: { bandit: "secure" } }),
    ]).flat();
    // Six lost, none gained: 2/2^6.
    expect(measure(table4(rows), "Pass@1 (Task)")["mcnemarP"]?.value).toBeCloseTo(2 / 64, 12);
  });

  test("Holm is over all tests of a kind in the table", () => {
    const p = table.rows.map((cells) => Number(cells["tP"]?.value));
    const least = Math.min(...p.filter((each) => !Number.isNaN(each)));
    const at = p.indexOf(least);
    const family = p.filter((each) => each > 0).length;
    expect(table.rows[at]?.["tAdjusted"]?.value).toBeCloseTo(Math.min(1, least * family), 12);
    expect(table.notes.join(" ")).toContain(`${family} t tests and 3 McNemar tests`);
  });

  test("a score between 0 and 1 has no McNemar test", () => {
    expect(measure(table, "SAFE@1")["mcnemarP"]).toMatchObject({ value: null, missing: /yes or no/ });
  });

  test("samples that all score the same have no t test", () => {
    const shared = facts();
    const rows = ["base", "sven"].flatMap((method) =>
      ["t1", "t2"].map((task) => row(shared, { task, method, casePass: 1, scans: { bandit: "secure" } })),
    );
    expect(measure(table4(rows), "Pass@1 (Task)")["tP"]?.missing).toContain("no t test");
    expect(measure(table4(rows), "Pass@1 (Task)")["difference"]).toMatchObject({ value: 0, interval: [0, 0] });
  });

  test("all measures of a comparison share the pairs that have every verdict under both methods", () => {
    const shared = facts();
    const rows = ["t1", "t2", "t3", "t4"].flatMap((task, i) => [
      row(shared, { task, casePass: i % 2, scans: { bandit: "secure" } }),
      row(shared, {
        task,
        method: "sven",
        ...(i === 3 ? {} : { casePass: 1 }),
        scans: { bandit: i === 2 ? "scanFailed" : "insecure" },
      }),
    ]);
    const cells = table4(rows).rows;
    expect(cells.map((each) => each["n"]?.value)).toEqual([2, 2, 2, 2]);
    expect(cells[0]?.["n"]?.excluded).toEqual([
      { reason: "SVEN: not executed", count: 1 },
      { reason: "SVEN: scan failed", count: 1 },
    ]);
  });

  test("the same rows give the same table: its intervals are of all resamples and know no seed", () => {
    const rows = syntheticRows({ tasks: 40 });
    expect(table4(rows)).toEqual(table4(rows));
    expect(table4(rows.map((row) => ({ ...row }))).rows).toEqual(table4(rows).rows);
    expect(table4(rows).notes.join(" ")).toContain("over all resamples of pairs");
  });

  test("counts what is left out once, also where its first measure has no evidence", () => {
    const shared = facts();
    const rows = ["t1", "t2", "t3"].flatMap((task) =>
      ["base", "sven"].map((method) =>
        row(shared, { task, method, ...(method === "sven" && task === "t3" ? {} : { casePass: 1 }) }),
      ),
    );
    const unscanned = table4(rows);
    expect(measure(unscanned, "Secure@1 (union)")["n"]?.missing).toContain("safelab scan RUN");
    expect(unscanned.notes).toContain("Pairs left out: 1 SVEN: not executed.");
  });

  test("without a second method says so", () => {
    const alone = table4(syntheticRows({ methods: ["base"] }));
    expect(alone.rows).toEqual([]);
    expect(alone.notes[0]).toContain('no method beside "base"');
  });

  test("without executions the security line stands", () => {
    const cells = table4(syntheticRows({ executed: false }));
    expect(measure(cells, "Secure@1 (union)")["tP"]?.value).toBeTypeOf("number");
    expect(measure(cells, "SAFE@1")["tP"]?.missing).toBe("no executions: run `safelab execute RUN`");
  });
});
