import { describe, expect, test } from "vitest";
import { InputError } from "../../../src/error.js";
import { binomial, binomialMass } from "../../../src/stat/distribution/binomial.js";
import { chiSquared } from "../../../src/stat/distribution/chiSquared.js";
import { fisherF } from "../../../src/stat/distribution/fisherF.js";
import { incompleteBeta } from "../../../src/stat/distribution/incompleteBeta.js";
import { incompleteGamma } from "../../../src/stat/distribution/incompleteGamma.js";
import { logGamma } from "../../../src/stat/distribution/logGamma.js";
import { erfc, normal, normalQuantile } from "../../../src/stat/distribution/normal.js";
import { studentT, studentTQuantile } from "../../../src/stat/distribution/studentT.js";
import type { Tails } from "../../../src/stat/distribution/tails.js";
import { expectClose, golden } from "../golden.js";

/** Relative, so that far tails count: a p of 1e-200 is right to 9 digits, too. */
const tolerance = 1e-9;

const grids: Record<string, (args: number[]) => number[]> = {
  incompleteGamma: ([a, x]) => tails(incompleteGamma(a!, x!)),
  incompleteBeta: ([a, b, x]) => tails(incompleteBeta(a!, b!, x!)),
  normal: ([z]) => [...tails(normal(z!)), erfc(z!)],
  studentT: ([t, df]) => tails(studentT(t!, df!)),
  fisherF: ([f, df1, df2]) => tails(fisherF(f!, df1!, df2!)),
  chiSquared: ([x, df]) => tails(chiSquared(x!, df!)),
  binomial: ([k, n, p]) => [binomialMass(k!, n!, p!), ...tails(binomial(k!, n!, p!))],
};

function tails({ lower, upper }: Tails): number[] {
  return [lower, upper];
}

describe("agrees with SciPy over the grid, in both tails", () => {
  test.each(Object.entries(grids))("%s", (name, evaluate) => {
    for (const line of golden<number[]>(name)) {
      const actual = evaluate(line);
      const expected = line.slice(line.length - actual.length);
      actual.forEach((value, i) => expectClose(value, expected[i]!, tolerance, [name, line]));
    }
  });
});

test("logGamma agrees with scipy.special.gammaln", () => {
  for (const [x, expected] of golden<[number, number]>("logGamma")) {
    expect(Math.abs(logGamma(x) - expected)).toBeLessThan(1e-13 * Math.max(1, Math.abs(expected)) * 10);
  }
});

test("quantiles agree with SciPy and turn the distribution back", () => {
  for (const [p, z] of golden<[number, number]>("normalQuantile")) {
    expect(Math.abs(normalQuantile(p) - z)).toBeLessThan(1e-9 * Math.max(1, Math.abs(z)));
    expectClose(normal(normalQuantile(p)).lower, p, 1e-9, p);
  }
  for (const [p, df, t] of golden<[number, number, number]>("studentTQuantile")) {
    expect(Math.abs(studentTQuantile(p, df) - t)).toBeLessThan(1e-9 * Math.max(1, Math.abs(t)));
  }
});

test("the ends of the range are exact", () => {
  expect(normalQuantile(0)).toBe(-Infinity);
  expect(normalQuantile(1)).toBe(Infinity);
  expect(studentT(Infinity, 3)).toEqual({ lower: 1, upper: 0 });
  expect(incompleteGamma(2, Infinity)).toEqual({ lower: 1, upper: 0 });
  expect(fisherF(Infinity, 2, 3).upper).toBe(0);
});

test.each([
  ["logGamma", () => logGamma(0)],
  ["incompleteGamma", () => incompleteGamma(1, -1)],
  ["incompleteBeta", () => incompleteBeta(1, 1, 1.1)],
  ["normalQuantile", () => normalQuantile(1.1)],
  ["studentT", () => studentT(1, 0)],
  ["studentTQuantile", () => studentTQuantile(0, 3)],
  ["fisherF", () => fisherF(-1, 1, 1)],
  ["chiSquared", () => chiSquared(-1, 1)],
  ["binomial", () => binomial(3, 2, 0.5)],
  ["binomialMass", () => binomialMass(0.5, 2, 0.5)],
] as const)("%s says what it requires", (name, call) => {
  expect(call).toThrow(InputError);
  expect(call).toThrow(`${name} requires`);
});
