import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { table4 } from "../../src/analysis/table4.js";
import { tableRates } from "../../src/analysis/table5.js";
import { openRunAt } from "../../src/record/openRun.js";
import type { ResultRow } from "../../src/record/schema/resultRow.js";
import { sections } from "../../src/report/sections.js";
import type { Cell, Row } from "../../src/table/typedTable.js";
import { paperDesign, scannerSecure, smallDesign, type SyntheticDesign } from "./syntheticDesign.js";
import { writeSyntheticRun } from "./writeSyntheticRun.js";

const tasks = 300;
const design: SyntheticDesign = {
  ...smallDesign(tasks, 7),
  datasets: { BigCodeBench: tasks },
  models: { "model-a": ["base", "safecoder"], "model-b": ["base", "safecoder", "codeguard"] },
};
let rows: readonly ResultRow[];

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), "safelab-planted-"));
  writeSyntheticRun(folder, design);
  ({ rows } = await openRunAt(folder));
});

function plantedOf(row: Row) {
  const method = String((row["method"] as Cell).where?.["method"]);
  const planted = design.planted[method];
  if (planted === undefined) throw new Error(`no planted effect for ${method}`);
  return planted;
}

function expectNear(cell: Cell | undefined, planted: number, what: string): void {
  const error = Math.sqrt((planted * (1 - planted)) / tasks);
  expect(Math.abs(Number(cell?.value) - planted), what).toBeLessThan(3.5 * error);
}

test("the table of all rates recovers the planted rates within sampling error", () => {
  const table = tableRates(rows);
  expect(table.rows).toHaveLength(5);
  for (const row of table.rows) {
    const planted = plantedOf(row);
    const { secure, functional } = planted;
    expectNear(row["secure"], secure, "secure");
    for (const scanner of design.scanners) {
      expectNear(row[`secure_${scanner}`], scannerSecure(planted, design), scanner);
    }
    expectNear(row["taskPass"], functional, "taskPass");
    expectNear(row["securePass"], secure * functional, "securePass");
    expectNear(row["casePass"], functional + ((1 - functional) * (design.cases - 1)) / (2 * design.cases), "casePass");
  }
});

test("Table 4 recovers the planted differences within three times the half width of their intervals", () => {
  const base = design.planted["base"];
  const keys: Readonly<Record<string, "secure" | "functional">> = {
    "Secure@1 (union)": "secure",
    "Pass@1 (Task)": "functional",
  };
  const checked = table4(rows).rows.flatMap((row) => {
    const key = keys[String(row["measure"]?.value)];
    const interval = row["difference"]?.interval;
    if (key === undefined || base === undefined || interval === undefined) return [];
    const planted = plantedOf(row)[key] - base[key];
    const [lower, upper] = interval;
    expect(Math.abs(Number(row["difference"]?.value) - planted)).toBeLessThan(1.5 * (upper - lower));
    return [row];
  });
  expect(checked).toHaveLength(6);
});

test("every table and figure is made of all 28 configurations on a few tasks", async () => {
  const folder = await mkdtemp(join(tmpdir(), "safelab-28-"));
  writeSyntheticRun(folder, smallDesign(4));
  const { rows: small } = await openRunAt(folder);
  expect(small).toHaveLength(8 * 28);
  const made = sections(small, {});
  const table = made.flatMap(({ tables }) => tables).find(({ id }) => id === "tableRates");
  expect(table?.rows).toHaveLength(2 * 28);
  const empty = made.flatMap(({ figures }) => figures).filter(({ data }) => data.length === 0);
  const weightless = made.flatMap(({ tables }) => tables).find(({ id }) => id === "table5");
  expect(new Set(weightless?.rows.map((row) => row["model"]?.value))).toEqual(new Set(["GPT-3.5-Turbo", "GPT-4o"]));
  // Figure 2 shows a sample that only another seed may bring forth; where there is none it says so.
  expect(empty.map(({ id }) => id).filter((id) => id !== "figure2")).toEqual([]);
  for (const figure of empty) expect(JSON.stringify(figure)).toContain("Nothing to show");
});

test("the paper's design has 65,548 samples", () => {
  const configurations = Object.values(paperDesign.models).flat().length;
  const asked = Object.values(paperDesign.datasets).reduce((sum, count) => sum + count, 0);
  expect([configurations, configurations * asked]).toEqual([28, 65_548]);
});
