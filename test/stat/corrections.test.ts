import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { InputError } from "../../src/error.js";
import { benjaminiHochberg } from "../../src/stat/benjaminiHochberg.js";
import { cohenKappa } from "../../src/stat/cohenKappa.js";
import { gwetAC1 } from "../../src/stat/gwetAC1.js";
import { holm } from "../../src/stat/holm.js";
import { matthewsCorrelation } from "../../src/stat/matthewsCorrelation.js";
import { kendallTau } from "../../src/stat/kendallTau.js";
import { expectClose, golden } from "./golden.js";

const probabilities = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 });

describe("holm and benjaminiHochberg", () => {
  test("agree with statsmodels' multipletests and scipy's false_discovery_control", () => {
    for (const family of golden<{ p: number[]; holm: number[]; bh: number[] }>("adjustments")) {
      const p = Object.freeze(family.p);
      holm(p).forEach((value, i) => expectClose(value, family.holm[i]!, 1e-12, ["holm", p]));
      benjaminiHochberg(p).forEach((value, i) => expectClose(value, family.bh[i]!, 1e-12, ["bh", p]));
    }
  });

  test("never lower a p value, never exceed 1, keep the order, and Holm is the stricter", () => {
    fc.assert(
      fc.property(probabilities, (p) => {
        const [strict, mild] = [holm(p), benjaminiHochberg(p)];
        p.forEach((own, i) => {
          expect(strict[i]).toBeGreaterThanOrEqual(mild[i]! - 1e-15);
          expect(mild[i]).toBeGreaterThanOrEqual(own);
          expect(strict[i]).toBeLessThanOrEqual(1);
          p.forEach((other, k) => {
            if (own < other) expect(strict[i]).toBeLessThanOrEqual(strict[k]!);
          });
        });
      }),
    );
    expect(holm([])).toEqual([]);
  });

  test("refuse what is no probability", () => {
    expect(() => holm([0.1, Number.NaN])).toThrow("holm requires p values in 0 … 1, not NaN");
    expect(() => benjaminiHochberg([1.1])).toThrow(InputError);
  });
});

describe("agreement", () => {
  test("kappa agrees with statsmodels, AC1 with Gwet's formula in numpy", () => {
    type Case = { first: string[]; second: string[]; categories: string[]; kappa: number; ac1: number };
    for (const { first, second, categories, kappa, ac1 } of golden<Case>("agreement")) {
      expect(cohenKappa(first, second).value).toBeCloseTo(kappa, 12);
      expect(gwetAC1(first, second, categories).value).toBeCloseTo(ac1, 12);
    }
  });

  // 4 of 5 agree. kappa: expected .8·1 + .2·0 = .8, (.8 − .8)/.2 = 0. AC1: π = .9, expected 2·.9·.1/1 = .18, (.8 − .18)/.82.
  test("kappa falls to 0 where one label dominates, AC1 does not", () => {
    const [first, second] = [
      ["y", "y", "y", "y", "n"],
      ["y", "y", "y", "y", "y"],
    ];
    expect(cohenKappa(first, second)).toMatchObject({ observed: 0.8, n: 5 });
    expect(cohenKappa(first, second).value).toBeCloseTo(0, 12);
    expect(gwetAC1(first, second, ["y", "n"]).value).toBeCloseTo(0.62 / 0.82, 12);
  });

  test("is 1 for full agreement, symmetric, and at most 1", () => {
    const labels = fc.array(fc.tuple(fc.constantFrom("a", "b", "c"), fc.constantFrom("a", "b", "c")), { minLength: 1 });
    fc.assert(
      fc.property(labels, (pairs) => {
        const [first, second] = [pairs.map(([x]) => x), pairs.map(([, y]) => y)];
        const ac1 = gwetAC1(first, second, ["a", "b", "c"]).value;
        expect(ac1).toBeCloseTo(gwetAC1(second, first, ["a", "b", "c"]).value, 12);
        expect(ac1).toBeLessThanOrEqual(1);
        expect(gwetAC1(first, first, ["a", "b", "c"]).value).toBeCloseTo(1, 12);
        if (new Set(first).size > 1) expect(cohenKappa(first, first).value).toBeCloseTo(1, 12);
        else expect(cohenKappa(first, first).value).toBeNaN();
      }),
    );
  });

  test("refuses no items, unequal lists, labels outside the categories", () => {
    expect(() => cohenKappa([], [])).toThrow("cohenKappa requires two lists of equal length ≥ 1, not 0 and 0 labels");
    expect(() => gwetAC1(["a"], ["a", "b"], ["a", "b"])).toThrow(InputError);
    expect(() => gwetAC1(["a"], ["c"], ["a", "b"])).toThrow('gwetAC1 requires labels among a, b, not "c"');
    expect(() => gwetAC1(["a"], ["a"], ["a", "a"])).toThrow("gwetAC1 requires at least two categories, not 1");
  });
});

test("matthewsCorrelation agrees with scikit-learn, and is NaN where a row or column is empty", () => {
  for (const { mcc, ...matrix } of golden<{ tp: number; fp: number; tn: number; fn: number; mcc: number }>(
    "matthewsCorrelation",
  )) {
    expect(matthewsCorrelation(matrix)).toBeCloseTo(mcc, 12);
  }
  expect(matthewsCorrelation({ tp: 5, fp: 3, tn: 0, fn: 0 })).toBeNaN();
});

describe("kendallTau", () => {
  test("agrees with scipy.stats.kendalltau, ties included", () => {
    // scipy.stats.kendalltau([1, 2, 3, 4, 5], [2, 1, 3, 5, 4]).statistic; ([1, 1, 2, 3], [1, 2, 2, 4]).statistic
    expect(kendallTau([1, 2, 3, 4, 5], [2, 1, 3, 5, 4])).toEqual({ tau: 0.6, concordant: 8, discordant: 2, pairs: 10 });
    expect(kendallTau([1, 1, 2, 3], [1, 2, 2, 4]).tau).toBeCloseTo(0.7999999999999999, 12);
  });

  test("is 1 for the same order, −1 for the opposite one, NaN for ties only, whatever the values", () => {
    expect(kendallTau([0.1, 0.2, 9], [1, 2, 3]).tau).toBe(1);
    expect(kendallTau([3, 2, 1], [1, 2, 3])).toMatchObject({ tau: -1, discordant: 3 });
    expect(kendallTau([1, 1], [1, 2]).tau).toBeNaN();
    expect(() => kendallTau([1, 2], [1])).toThrow(InputError);
  });
});
