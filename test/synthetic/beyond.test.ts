import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { samplesOf } from "../../src/analysis/samplesOf.js";
import { table6 } from "../../src/analysis/table6.js";
import { tableChanges } from "../../src/analysis/tableChanges.js";
import { tableLabelledCwe } from "../../src/analysis/tableLabelledCwe.js";
import { tableLeaveOneOut } from "../../src/analysis/tableLeaveOneOut.js";
import { tablePrompts } from "../../src/analysis/tablePrompts.js";
import { tableStability } from "../../src/analysis/tableStability.js";
import { openRunAt } from "../../src/record/openRun.js";
import type { ResultRow } from "../../src/record/schema/resultRow.js";
import type { Cell, Row } from "../../src/table/typedTable.js";
import {
  alike,
  changesBetweenRepeats,
  namesCwe,
  scannerSecure,
  secureWithoutOne,
  smallDesign,
  type SyntheticDesign,
} from "./syntheticDesign.js";
import { writeSyntheticRun } from "./writeSyntheticRun.js";

const tasks = 400;
const planted = smallDesign(tasks).planted;
const base = planted["base"] ?? { secure: 0, functional: 0 };
const safecoder = planted["safecoder"] ?? base;
// Of every ten rules 3 and 13 name CWE-22, 5 and 15 CWE-330.
const avoided = [3, 13];
const design: SyntheticDesign = {
  ...smallDesign(tasks, 11),
  datasets: { BigCodeBench: tasks },
  models: { "model-a": ["base", "safecoder"] },
  planted: { base, safecoder: { ...safecoder, avoids: avoided } },
  judges: [],
  repeats: 3,
  prompts: ["nl", "ct"],
  templateGain: 0.2,
};
let rows: readonly ResultRow[];

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), "safelab-beyond-"));
  writeSyntheticRun(folder, design);
  ({ rows } = await openRunAt(folder));
});

const valueOf = (cell: Cell | undefined) => cell?.value;
const of = (table: { readonly rows: readonly Row[] }, values: Readonly<Record<string, string>>) =>
  table.rows.filter((row) => Object.entries(values).every(([key, value]) => valueOf(row[key]) === value));

function expectNear(cell: Cell | undefined, expected: number, what: string): void {
  const error = Math.sqrt((expected * (1 - expected)) / Number(cell?.total));
  expect(Math.abs(Number(cell?.value) - expected), what).toBeLessThan(3.5 * error);
}

test("the rules that a method never brings forth are those that it removes and does not introduce", () => {
  const lines = of(tableChanges(rows, { most: 100 }), { prompt: "natural language" });
  const rules = lines.filter((row) => valueOf(row["by"]) === "Rule");
  expect(rules).toHaveLength(3 * 20);
  const isAvoided = (row: Row) => avoided.some((rule) => String(valueOf(row["reported"])).endsWith(`/rule-${rule}`));
  const gone = rules.filter(isAvoided);
  expect(gone).toHaveLength(3 * avoided.length);
  for (const row of gone) {
    expect(row["after"]?.value).toBe(0);
    expect(row["removed"]?.value).toBe(row["before"]?.value);
    expect(row["introduced"]?.value).toBe(0);
    expect(samplesOf(rows, row["removed"]?.where ?? {})).toHaveLength(Number(row["removed"]?.value));
  }
  const kept = rules.filter((row) => !isAvoided(row));
  expect(kept.filter((row) => Number(row["introduced"]?.value) > 0).length).toBeGreaterThan(0.8 * kept.length);
  const [paths] = lines.filter((row) => valueOf(row["reported"]) === "CWE-22 path traversal");
  expect(paths?.["introduced"]?.value).toBe(0);
  expect(Number(paths?.["holm"]?.value)).toBeLessThan(0.001);
  // Weak cryptography is reported as 327 and 330: a sample with both counts once in the family.
  const [crypto] = lines.filter((row) => String(valueOf(row["reported"])).startsWith("CWE-327"));
  const counted = samplesOf(rows, crypto?.["after"]?.where ?? {});
  expect(counted).toHaveLength(Number(crypto?.["after"]?.value));
});

test("the share of findings that hit the label is the planted one, per scanner", () => {
  // Every task is labelled CWE-78; one rule of ten names it, and the family holds nothing else that is reported.
  const [row] = of(tableLabelledCwe(rows), { prompt: "natural language", method: "Base" });
  for (const scanner of design.scanners) {
    const expected = (1 - scannerSecure(base, design)) * namesCwe;
    expectNear(row?.[`raw_${scanner}`], expected, scanner);
    expect(row?.[`family_${scanner}`]?.hits).toBe(row?.[`raw_${scanner}`]?.hits);
    const hits = samplesOf(rows, row?.[`raw_${scanner}`]?.where ?? {});
    expect(hits).toHaveLength(row?.[`raw_${scanner}`]?.hits ?? -1);
  }
  expectNear(row?.["flagged"], 1 - base.secure, "flagged");
});

test("Secure@1 without a scanner rises by what it alone flags", () => {
  const [row] = of(tableLeaveOneOut(rows), { prompt: "natural language", method: "Base" });
  expectNear(row?.["union"], base.secure, "union");
  for (const scanner of design.scanners) {
    expectNear(row?.[`without_${scanner}`], secureWithoutOne(base, design), scanner);
    expect(Number(row?.[`without_${scanner}`]?.hits)).toBeGreaterThan(Number(row?.["union"]?.hits));
  }
});

test("the gain of code templates is found where it is planted, and nowhere else", () => {
  const [pass] = of(tablePrompts(rows), { method: "Base", measure: "Pass@1 (Task)" });
  const [low, high] = pass?.["difference"]?.interval ?? [0, 0];
  expect(low).toBeLessThan(0.2);
  expect(high).toBeGreaterThan(0.2);
  expect(low).toBeGreaterThan(0.05);
  expect(Number(pass?.["holm"]?.value)).toBeLessThan(0.001);
  const [secure] = of(tablePrompts(rows), { method: "Base", measure: "Secure@1 (union)" });
  expect(secure?.["difference"]?.interval?.[0]).toBeLessThan(0);
  expect(secure?.["difference"]?.interval?.[1]).toBeGreaterThan(0);
});

test("tasks change between repeats, and Base against Base, as often as planted", () => {
  const two = rows.filter(({ repeat }) => repeat < 2);
  const [row] = of(tableStability(two), { prompt: "natural language", method: "Base", measure: "Secure@1 (union)" });
  expectNear(row?.["changed"], changesBetweenRepeats(base), "changed");
  const floors = of(table6(rows), { prompt: "natural language" }).slice(1);
  expect(floors.map((each) => valueOf(each["method"]))).toEqual(["Base, repeats 0 and 1", "Base, repeats 0 and 2"]);
  for (const floor of floors) {
    expectNear(floor["secureToInsecure"], (1 - alike ** 2) * (1 - base.secure), "secureToInsecure");
    const selected = samplesOf(rows, floor["secureToInsecure"]?.where ?? {});
    expect(selected).toHaveLength(floor["secureToInsecure"]?.hits ?? -1);
  }
});

test("a planted effect is found in every repeat", () => {
  const [pass] = of(tableStability(rows), {
    prompt: "code template",
    method: "SafeCoder",
    measure: "Pass@1 (Task)",
  });
  expect(pass?.["finding"]?.value).toBe("down in all 3");
  expect(pass?.["repeats"]?.value).toBe(3);
  const [low, high, range] = ["lowest", "highest", "range"].map((key) => Number(pass?.[key]?.value));
  expect(Number(high) - Number(low)).toBeCloseTo(Number(range), 12);
});
