import { expect, test } from "vitest";
import { sections } from "../../src/report/sections.js";
import { syntheticRows } from "../analysis/rows.js";

const ids = (rows: ReturnType<typeof syntheticRows>) =>
  sections(rows, {}).flatMap(({ figures, tables }) => [...figures, ...tables].map(({ id }) => id));

test("every figure and table of the report has a name of its own, one a data set where it shows one", () => {
  const names = ids(syntheticRows({ datasets: ["D1", "D2"], tasks: 4 }));
  expect(new Set(names).size).toBe(names.length);
  for (const name of ["tableComparisons", "tableDatasets", "tablePasses", "tablePromsec", "tableCodeguard"]) {
    expect(names).toContain(name);
  }
  for (const name of [
    "figureSensitivity2",
    "tableRates",
    "table5",
    "figure1",
    "figure2",
    "figure9",
    "figurePlane2",
    "figureForest2",
    "tableAnova",
    "tableShare",
  ]) {
    expect(names).toContain(name);
  }
});

test("a run with one method and nothing executed has every output, each saying what is missing", () => {
  const whole = ids(syntheticRows({ tasks: 4 }));
  expect(ids(syntheticRows({ methods: ["base"], executed: false, scanned: false, tasks: 4 }))).toEqual(whole);
});
