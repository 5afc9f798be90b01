import { describe, expect, test } from "vitest";
import { effectOf } from "../../src/analysis/effect.js";
import type { EffectLine } from "../../src/analysis/effectLines.js";
import { intervalName } from "../../src/analysis/intervalName.js";
import { type Measure, safeMeasure, taskPassMeasure } from "../../src/analysis/measure.js";
import { binomialMass } from "../../src/stat/distribution/binomial.js";
import { facts, row } from "./rows.js";

const shared = facts();
const bootstrap = "95 % BCa bootstrap intervals over all resamples of pairs";

/** Of 40 pairs so many that pass under the method alone, and under the baseline alone. */
const pairs = (gained: number, lost: number) =>
  Array.from({ length: 40 }, (_, i) => {
    const [before, after] = i < gained ? [false, true] : i < gained + lost ? [true, false] : [true, true];
    const of = (method: string, pass: boolean) => row(shared, { method, task: `t${i}`, casePass: Number(pass) });
    return { base: of("base", before), other: of("sven", after) };
  });
const line = (gained: number, lost: number, measure: Measure = taskPassMeasure) => {
  const effect = { ...effectOf(pairs(gained, lost), measure), excluded: [] };
  return { effect } as unknown as EffectLine;
};

/** How often the interval holds the true difference where so many of 40 pairs are gained and lost on average: over all outcomes. */
function coverage(gained: number, lost: number, interval: "bootstrap" | "newcombe"): number {
  const truth = (gained - lost) / 40;
  let covered = 0;
  for (let g = 0; g < 30; g += 1) {
    for (let l = 0; l < 40 - g; l += 1) {
      const chance = binomialMass(g, 40, gained / 40) * binomialMass(l, 40 - g, lost / (40 - gained));
      if (chance < 1e-6) continue;
      const [lower, upper] = effectOf(pairs(g, l), taskPassMeasure, { interval }).interval;
      if (lower - 1e-9 <= truth && truth <= upper + 1e-9) covered += chance;
    }
  }
  return covered;
}

describe("intervalName", () => {
  test("counts effects of fewer than ten pairs that score differently, in whichever direction", () => {
    const lines = [line(0, 0), line(5, 4), line(5, 5), line(20, 0)];
    expect(lines.map(({ effect }) => "differing" in effect && effect.differing)).toEqual([0, 9, 10, 20]);
    expect(intervalName(lines, {})).toBe(`${bootstrap}, too narrow where under 10 differ (2 of 4 effects)`);
    expect(intervalName([line(5, 5)], {})).toBe(bootstrap);
  });

  test("Newcombe's are not too narrow, those of means of scores, which nothing replaces, are", () => {
    const newcombe = `Newcombe’s 95 % intervals for pairs; for means of scores ${bootstrap}`;
    expect(intervalName([line(1, 0)], { interval: "newcombe" })).toBe(newcombe);
    expect(intervalName([line(1, 0), line(1, 0, safeMeasure)], { interval: "newcombe" })).toBe(
      `${newcombe}, too narrow where under 10 differ (1 of 2 effects)`,
    );
  });

  test("of few pairs the bootstrap covers the truth too rarely, Newcombe's interval does not, of many both do", () => {
    expect(coverage(2, 1, "bootstrap")).toBeLessThan(0.86);
    expect(coverage(2, 1, "newcombe")).toBeGreaterThan(0.95);
    for (const interval of ["bootstrap", "newcombe"] as const) {
      expect(coverage(7, 5, interval)).toBeGreaterThan(0.93);
      expect(coverage(7, 5, interval)).toBeLessThan(0.97);
    }
  });
});
