import { expect, test } from "vitest";
import { table4 } from "../../src/analysis/table4.js";
import { InputError } from "../../src/error.js";
import { arqueroTable } from "../../src/record/frame/arqueroTable.js";
import { passAtK } from "../../src/metric/passAtK.js";
import type { ResultRow } from "../../src/record/schema/resultRow.js";
import { syntheticRows } from "../analysis/rows.js";

const rows = syntheticRows({ tasks: 4 });
const without = (column: keyof ResultRow) => rows.map((row, at) => (at === 2 ? { ...row, [column]: undefined } : row));

test.each([
  ["taskPass", "safelab execute RUN"],
  ["secure", "safelab scan RUN"],
  ["method", "safelab plan RUN"],
] as const)("metrics do not take rows without %s for rows that failed", (column, command) => {
  expect(() => passAtK(without(column))).toThrow(InputError);
  expect(() => passAtK(without(column))).toThrow(`no column ${column} in the results (row 3 of ${rows.length})`);
  expect(() => passAtK(without(column))).toThrow(command);
});

test.each(["casePass", "labels", "cwe", "findings"] as const)(
  "tables name the column %s where it is missing",
  (column) => {
    expect(() => table4(without(column))).toThrow(`no column ${column} in the results`);
  },
);

test("tables say of what leaves their columns out what to give in its place", () => {
  const words = /Give them the `rows` of openRun, filtered as in `rows\.filter/;
  expect(() => table4(arqueroTable(rows).objects() as never)).toThrow(words);
  for (const other of [arqueroTable(rows), undefined, null, "data/demo"]) {
    expect(() => table4(other as never)).toThrow(InputError);
    expect(() => table4(other as never)).toThrow(/give them the `rows` of openRun/);
  }
});

test("options that are no object are refused, and a baseline that the study does not have", () => {
  expect(() => passAtK(rows, 5 as never)).toThrow("passAtK requires its options as an object, e.g. { k: 5 }, not 5");
  expect(() => table4(rows, { baseline: "nosuch" })).toThrow('the study has no method "nosuch" to compare with');
});
