import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { drawFrame } from "../../src/label/drawFrame.js";
import { drawSamples } from "../../src/label/drawSamples.js";
import { newDraw } from "../../src/label/newDraw.js";
import { shuffled } from "../../src/label/shuffled.js";
import { openRunAt } from "../../src/record/openRun.js";
import { facts, row } from "../analysis/rows.js";
import { drawBase, labelRun } from "./labelRun.js";

const any = { dataset: [], model: [], method: [] };
const shared = facts();
const rowsOf = (count: number, fields: (i: number) => object = () => ({})) =>
  Array.from({ length: count }, (_, i) =>
    row(shared, { task: `t${i}`, code: "x = 1", scans: { bandit: "secure" }, casePass: 1, ...fields(i) }),
  );
const tasksOf = ({ samples }: { samples: readonly { task: string }[] }) => samples.map(({ task }) => task);

describe("drawSamples", () => {
  test("the seed and the set of samples decide, not their order", () => {
    const rows = rowsOf(50);
    const once = drawSamples(rows, { seed: 7, n: 5, strata: "none" });
    expect(drawSamples([...rows].reverse(), { seed: 7, n: 5, strata: "none" })).toEqual(once);
    // The same on every machine: these were drawn when the test was written.
    expect(tasksOf(once)).toEqual(["t3", "t45", "t39", "t25", "t29"]);
    expect(tasksOf(drawSamples(rows, { seed: 8, n: 5, strata: "none" }))).not.toEqual(tasksOf(once));
    expect(new Set(tasksOf(once)).size).toBe(5);
  });

  test("every sample is drawn about as often as every other", () => {
    const rows = rowsOf(10);
    const counts = new Map<string, number>();
    for (let seed = 0; seed < 2000; seed++)
      for (const task of tasksOf(drawSamples(rows, { seed, n: 3, strata: "none" })))
        counts.set(task, (counts.get(task) ?? 0) + 1);
    // Binomial with n = 2000, p = .3: mean 600, SD 20.5.
    for (const row of rows) expect(Math.abs((counts.get(row.task) ?? 0) - 600)).toBeLessThan(5 * 20.5);
  });

  test("a stratified draw takes from each stratum in proportion, and says so", () => {
    const rows = rowsOf(40, (i) => ({ method: i < 10 ? "base" : "sven" }));
    const { frame, samples } = drawSamples(rows, { seed: 1, n: 10, strata: "method" });
    expect(frame.strata).toEqual([
      { stratum: "base", count: 10, drawn: 3 },
      { stratum: "sven", count: 30, drawn: 7 },
    ]);
    expect(samples.filter(({ method }) => method === "base")).toHaveLength(3);
    const agreement = rowsOf(9, (i) => ({ scans: { a: i < 3 ? "insecure" : "secure", bandit: "secure" } }));
    expect(drawSamples(agreement, { seed: 1, n: 3, strata: "agreement" }).frame.strata).toEqual([
      { stratum: "all secure", count: 6, drawn: 2 },
      { stratum: "scanners differ", count: 3, drawn: 1 },
    ]);
    const cwe = rowsOf(4, (i) => ({ cwe: i === 0 ? "CWE-78" : "" }));
    expect(drawSamples(cwe, { seed: 1, n: 4, strata: "cwe" }).frame.strata.map(({ stratum }) => stratum)).toEqual([
      "CWE-78",
      "no CWE",
    ]);
  });

  test("a stratified draw is the same on every machine", () => {
    // Drawn when the test was written.
    const fixed = {
      cwe: ["t38", "t36", "t11", "t4", "t1", "t24"],
      method: ["t16", "t7", "t12", "t28", "t38", "t4"],
      agreement: ["t6", "t9", "t8", "t10", "t5", "t13"],
    };
    const rows = {
      cwe: rowsOf(40, (i) => ({ cwe: ["CWE-78", "CWE-89", ""][i % 3] })),
      method: rowsOf(40, (i) => ({ method: i < 10 ? "base" : "sven" })),
      agreement: rowsOf(40, (i) => ({ scans: { a: i % 4 === 0 ? "insecure" : "secure", bandit: "secure" } })),
    };
    for (const strata of ["cwe", "method", "agreement"] as const)
      expect(tasksOf(drawSamples(rows[strata], { seed: 7, n: 6, strata }))).toEqual(fixed[strata]);
  });

  test("refuses to draw more than there are", () => {
    expect(() => drawSamples(rowsOf(3), { seed: 1, n: 4, strata: "none" })).toThrow("4 samples cannot be drawn of 3");
  });
});

describe("drawFrame", () => {
  test("holds the samples with code, and counts why others cannot be drawn", () => {
    const rows = [
      ...rowsOf(2),
      row(shared, { task: "a", code: " \n" }),
      row(shared, { task: "b", sampleStatus: "missing" }),
      row(shared, { task: "t0", repeat: 1, code: "x" }),
    ];
    const { members, excluded } = drawFrame(rows, "security", any);
    expect(members).toEqual(rows.slice(0, 2));
    expect(excluded).toEqual([
      { reason: "another repeat or index", count: 1 },
      { reason: "no code", count: 1 },
      { reason: "no sample", count: 1 },
    ]);
  });

  test("for failure holds what was insecure and worked and became secure and broken", async () => {
    const { rows } = await openRunAt(await labelRun(3));
    const { members, excluded } = drawFrame(rows, "failure", any);
    expect(members.map(({ task, method }) => [task, method])).toEqual(
      ["t01", "t02", "t03"].map((task) => [task, "tamer"]),
    );
    expect(excluded).toEqual([{ reason: "of the baseline itself", count: 3 }]);
  });

  test("names what the run does not have", () => {
    expect(() => drawFrame(rowsOf(1), "beauty", any)).toThrow(
      'the run has no question "beauty": it has security, failure',
    );
    expect(() => drawFrame(rowsOf(1), "security", { ...any, method: ["sven"] })).toThrow(
      'the run has no method "sven": it has base',
    );
  });
});

describe("newDraw", () => {
  test("records frame, exclusions and seed, and finds the same draw again", async () => {
    const folder = await labelRun(6);
    const draw = await drawBase(folder, { seed: 7, n: 4 });
    expect(draw).toMatchObject({ question: "security", seed: 7, n: 4, frame: { count: 6 }, excluded: [] });
    expect(await drawBase(folder, { seed: 7, n: 4 })).toEqual(draw);
    expect((await readFile(join(folder, "draws.jsonl"), "utf8")).trimEnd().split("\n")).toHaveLength(1);
  });

  test("refuses the same draw of other samples", async () => {
    const folder = await labelRun(6);
    const draw = await drawBase(folder, { seed: 7, n: 4 });
    const other = await labelRun(5, { "draws.jsonl": [draw] });
    await expect(drawBase(other, { seed: 7, n: 4 })).rejects.toThrow("made of 6 samples where there are 5 now");
  });

  test("says why nothing can be drawn", async () => {
    const options = { question: "failure", seed: 1, n: "all", strata: "none" } as const;
    const filter = { ...any, method: ["base"] };
    await expect(newDraw(await labelRun(2), { ...options, filter })).rejects.toThrow(
      "no sample can be drawn for failure: 2 of the baseline itself",
    );
  });
});

test("shuffled keeps every value, and each name has an order of its own", () => {
  const values = Array.from({ length: 20 }, (_, i) => i);
  expect([...shuffled(values, 1, "ada")].sort((a, b) => a - b)).toEqual(values);
  expect(shuffled(values, 1, "ada")).not.toEqual(shuffled(values, 1, "ben"));
  expect(shuffled(values, 1, "ada")).toEqual(shuffled(values, 1, "ada"));
});
