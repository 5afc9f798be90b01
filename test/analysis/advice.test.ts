import { describe, expect, test } from "vitest";
import { table4 } from "../../src/analysis/table4.js";
import { table6 } from "../../src/analysis/table6.js";
import { tableAnova } from "../../src/analysis/tableAnova.js";
import { tableChanges } from "../../src/analysis/tableChanges.js";
import { tableCodeguard } from "../../src/analysis/tableCodeguard.js";
import { tableComparisons } from "../../src/analysis/tableComparisons.js";
import { tableDatasets } from "../../src/analysis/tableDatasets.js";
import { tableLabelledCwe } from "../../src/analysis/tableLabelledCwe.js";
import { tablePromsec } from "../../src/analysis/tablePromsec.js";
import { tableSafeSplit } from "../../src/analysis/tableSafeSplit.js";
import { transitionTable } from "../../src/analysis/transitionTable.js";
import { figure2 } from "../../src/figure/figure2.js";
import { figureForest } from "../../src/figure/figureForest.js";
import { figurePlane } from "../../src/figure/figurePlane.js";
import { figureTransitions } from "../../src/figure/figureTransitions.js";
import type { ResultRow } from "../../src/record/schema/resultRow.js";
import { syntheticRows } from "./rows.js";

const rows = syntheticRows({
  datasets: ["D1", "D2"],
  models: ["m1", "m2"],
  methods: ["base", "sven", "promsec"],
  tasks: 6,
});
const withoutBase = rows.filter(({ method }) => method !== "base");
const notes = (
  of: (rows: readonly ResultRow[]) => { readonly notes: readonly string[] },
  filtered: readonly ResultRow[],
) => of(filtered).notes.join(" ");

describe("of rows without the baseline, which the study plans", () => {
  const compared = [table4, tableAnova, tableChanges, tableSafeSplit, tableDatasets, table6, transitionTable];
  test.each(
    [...compared, figure2, figureForest, figurePlane, figureTransitions].map((each) => [each.name, each] as const),
  )("%s says that the filter is to be widened", (_, make) => {
    expect(notes(make, withoutBase)).toContain(
      'the rows hold no sample of the baseline "base", which the study plans: widen the filter',
    );
  });

  test.each(
    [table4, tableAnova, tableChanges, tableSafeSplit, transitionTable].map((each) => [each.name, each] as const),
  )("%s, which has no line, has no note on tests that it did not make", (_, make) => {
    const table = make(withoutBase);
    expect([table.rows.length, table.notes.length]).toEqual([0, 1]);
  });
});

test("a model whose baseline the filter left out is named", () => {
  const filtered = rows.filter(({ model, method }) => model !== "m2" || method !== "base");
  const left =
    'Left out, because the rows hold no sample of the baseline "base" there: m2 on D1, m2 on D2; widen the filter.';
  for (const make of [table4, table6, tableAnova, tableChanges, tableSafeSplit, transitionTable, tableDatasets]) {
    expect(notes(make, filtered)).toContain(left);
  }
  for (const make of [figureForest, figurePlane, figureTransitions]) expect(notes(make, filtered)).toContain(left);
  expect(notes(table4, rows)).not.toContain("Left out, because");
});

test("rows of one method, one data set or one kind of model say what the study has beside", () => {
  const base = rows.filter(({ method }) => method === "base");
  expect(notes(tableComparisons, base)).toBe(
    "Nothing to compare: the rows hold one method (base), the study plans sven, promsec too: widen the filter.",
  );
  expect(notes(tableCodeguard, base)).toContain(
    "do (the study plans sven, promsec too: widen the filter). Shown instead",
  );
  expect(notes(tablePromsec, base)).toContain(
    "do (the study plans sven, promsec too: widen the filter). Shown instead",
  );
  const one = rows.filter(({ dataset }) => dataset === "D2");
  expect(notes(tableDatasets, one)).toContain(
    "one data set (D2); the study plans D1 too: widen the filter. Shown instead",
  );
  expect(
    notes(
      tableLabelledCwe,
      one.map((each) => ({ ...each, cwe: "" })),
    ),
  ).toBe("Nothing to show: no task of the rows carries a CWE label (the study plans D1 too: widen the filter).");
  expect(() => figureForest(one, { dataset: "D1" })).toThrow("they hold D2: the study plans it, widen the filter");
  const m2 = rows.filter(({ model }) => model === "m2");
  expect(() => figureForest(m2, { models: ["m1"] })).toThrow("they hold m2: the study plans it, widen the filter");
});
