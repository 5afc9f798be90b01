import { describe, expect, test } from "vitest";
import { samplesOf } from "../../src/analysis/samplesOf.js";
import { tableAnova } from "../../src/analysis/tableAnova.js";
import type { TypedTable } from "../../src/table/typedTable.js";
import { facts, row, syntheticRows } from "./rows.js";

/** Cell means of Pass@1: base 1 and 0.5, sven 0.5 and 0, two samples each. */
function fourCells() {
  const shared = facts({ models: [{ name: "m1" }, { name: "m2" }] as never });
  const passes = [
    ["m1", "base", 1, 1],
    ["m2", "base", 1, 0],
    ["m1", "sven", 1, 0],
    ["m2", "sven", 0, 0],
  ] as const;
  return passes.flatMap(([model, method, ...values]) =>
    values.map((casePass, i) => row(shared, { task: `t${i}`, model, method, casePass, scans: { bandit: "secure" } })),
  );
}

const line = (table: TypedTable, response: string, term: string) =>
  table.rows.find((cells) => cells["response"]?.value === response && cells["term"]?.value === term) ?? {};

describe("tableAnova", () => {
  test("tests treatment, model and interaction over the models that have both methods", () => {
    // Sums of squares by hand: treatment 8·0.25² = 0.5, model 0.5, interaction 0, residual 0.5 + 0.5 on 4 df. So F = 0.5/0.25 = 2.
    // scipy.stats.f.sf(2, 1, 4): 0.230200
    const table = tableAnova(fourCells());
    for (const term of ["Treatment", "Model"]) {
      const cells = line(table, "Pass@1 (Task)", term);
      expect([cells["n"]?.value, cells["models"]?.value]).toEqual([8, 2]);
      expect([cells["df"]?.value, cells["residualDf"]?.value]).toEqual([1, 4]);
      for (const type of ["II", "III"]) {
        expect(cells[`f${type}`]?.value).toBeCloseTo(2, 10);
        expect(cells[`p${type}`]?.value).toBeCloseTo(0.2302, 5);
        expect(cells[`eta${type}`]?.value).toBeCloseTo(1 / 3, 10);
      }
    }
    expect(line(table, "Pass@1 (Task)", "Treatment × model")["fII"]?.value).toBeCloseTo(0, 10);
  });

  test("has a line for each response and term of each method", () => {
    const table = tableAnova(syntheticRows({ models: ["m1", "m2"], methods: ["base", "sven", "promsec"], tasks: 8 }));
    expect(table.rows).toHaveLength(2 * 3 * 3);
    expect(new Set(table.rows.map((cells) => cells["response"]?.value))).toEqual(
      new Set(["Pass@1 (Task)", "Pass@1 (Case)", "SAFE@1"]),
    );
  });

  test("with one model shows the one-way analysis and says so", () => {
    const rows = fourCells().filter(({ model }) => model === "m2");
    const table = tableAnova(rows);
    // scipy.stats.ttest_ind([0, 0], [1, 0]): t = -1, so F = 1 on 1 and 2 df, p = 0.422650
    expect(line(table, "Pass@1 (Task)", "Treatment")["fII"]?.value).toBeCloseTo(1, 10);
    expect(line(table, "Pass@1 (Task)", "Treatment")["pIII"]?.value).toBeCloseTo(0.42265, 5);
    expect(new Set(table.rows.map((cells) => cells["term"]?.value))).toEqual(new Set(["Treatment"]));
    expect(table.notes.join(" ")).toContain("one-way analysis is shown");
  });

  test("a model without the method takes no part", () => {
    const rows = fourCells().filter(({ model, method }) => model === "m1" || method === "base");
    expect(line(tableAnova(rows), "Pass@1 (Task)", "Treatment")["models"]?.value).toBe(1);
  });

  test("says why there is nothing to test", () => {
    const scanned = tableAnova(syntheticRows({ executed: false, tasks: 4 }));
    expect(line(scanned, "SAFE@1", "Treatment")["fII"]?.missing).toBe("no executions: run `safelab execute RUN`");
    const still = fourCells().map((each) => ({ ...each, taskPass: true }));
    expect(line(tableAnova(still), "Pass@1 (Task)", "Model")["pII"]?.missing).toContain("score the same");
    expect(tableAnova(syntheticRows({ methods: ["base"] })).notes[0]).toContain('no method beside "base"');
  });

  test("a line's where selects its method's samples of all models", () => {
    const { where } = line(tableAnova(fourCells()), "SAFE@1", "Treatment")["fII"] ?? {};
    expect(samplesOf(fourCells(), where ?? {}).map(({ model, method }) => `${model} ${method}`)).toEqual([
      ...["m1 sven", "m1 sven", "m2 sven", "m2 sven"],
    ]);
  });
});
