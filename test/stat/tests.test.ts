import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { InputError } from "../../src/error.js";
import { cohenD } from "../../src/stat/cohenD.js";
import { independentTTest } from "../../src/stat/independentTTest.js";
import { mcnemarCorrected } from "../../src/stat/mcnemarCorrected.js";
import { mcnemarExact } from "../../src/stat/mcnemarExact.js";
import { type Observation, twoWayAnova } from "../../src/stat/twoWayAnova.js";
import { weightedTTest } from "../../src/stat/weightedTTest.js";
import { expectClose, golden } from "./golden.js";

const sample = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 3, maxLength: 20 });

describe("independentTTest", () => {
  interface Expected {
    t: number;
    df: number;
    p: number;
    lower: number;
    upper: number;
  }
  test("agrees with scipy.stats.ttest_ind, pooled and Welch, and cohenD with the pooled SD", () => {
    type Case = { first: number[]; second: number[]; pooled: Expected; welch: Expected; d: number };
    for (const { first, second, d, ...expected } of golden<Case>("independentTTest")) {
      for (const variances of ["pooled", "welch"] as const) {
        const { t, df, p, interval } = independentTTest(Object.freeze(first), Object.freeze(second), { variances });
        for (const [name, value] of Object.entries({ t, df, p, lower: interval.lower, upper: interval.upper })) {
          expectClose(value, expected[variances][name as keyof Expected], 1e-9, [variances, name]);
        }
      }
      expectClose(cohenD(first, second), d, 1e-12, "d");
    }
  });

  // simple-statistics' tTest divides by the population SD.
  test("has the textbook's t: [1, 2, 3, 4] against [2, 4, 6, 8] is −√3 with 6 degrees of freedom", () => {
    const { t, df, meanDifference, standardError } = independentTTest([1, 2, 3, 4], [2, 4, 6, 8]);
    expect(t).toBeCloseTo(-Math.sqrt(3), 12);
    expect({ df, meanDifference }).toEqual({ df: 6, meanDifference: -2.5 });
    expect(standardError).toBeCloseTo(2.5 / Math.sqrt(3), 12);
    expect(cohenD([2, 4, 6, 8], [1, 2, 3, 4])).toBeCloseTo(1.2247449, 7);
  });

  test("changes sign, and nothing else, when the samples are exchanged; p is 1 for equal means", () => {
    fc.assert(
      fc.property(sample, sample, (a, b) => {
        fc.pre(new Set(a).size > 1);
        const [there, back] = [independentTTest(a, b), independentTTest(b, a)];
        expect(back.t).toBeCloseTo(-there.t, 10);
        expect(back.p).toBeCloseTo(there.p, 12);
        expect(cohenD(b, a)).toBeCloseTo(-cohenD(a, b), 10);
        expect(cohenD(a, b)).toBeCloseTo(there.t * Math.sqrt(1 / a.length + 1 / b.length), 10);
        expect(independentTTest(a, [...a].reverse()).p).toBeCloseTo(1, 6);
      }),
    );
  });

  test("refuses samples without a t, also where a mean of equal values is off in its last digit", () => {
    expect(() => independentTTest([1], [1, 2])).toThrow("independentTTest requires at least 2 values, not 1");
    expect(() => independentTTest([], [1, 2])).toThrow(InputError);
    expect(() => independentTTest([0.1, 0.1, 0.1], [0.7, 0.7, 0.7, 0.7, 0.7, 0.7, 0.7])).toThrow(
      "requires values that vary",
    );
    expect(() => independentTTest([1, Number.NaN], [1, 2])).toThrow("requires finite values, not NaN");
    expect(() => independentTTest([1, 2], [1, 3], { confidence: 1 })).toThrow("confidence between 0 and 1");
    expect(() => cohenD([3, 3], [3, 3])).toThrow("cohenD requires values that vary");
    expect(independentTTest([1, 1, 1], [0, 1, 0]).p).toBeGreaterThan(0);
  });
});

describe("twoWayAnova", () => {
  interface Effect {
    sumOfSquares: number;
    df: number;
    f: number;
    p: number;
  }
  type Table = { a: Effect; b: Effect; interaction: Effect; residual: number; df: number };
  type Case = { observations: Observation[]; II: Table; III: Table };

  test("agrees with statsmodels' anova_lm, types II and III, on balanced, unbalanced and binary data", () => {
    for (const { observations, ...expected } of golden<Case>("twoWayAnova")) {
      for (const type of ["II", "III"] as const) {
        const actual = twoWayAnova(Object.freeze(observations), type);
        for (const effect of ["a", "b", "interaction"] as const) {
          for (const key of ["sumOfSquares", "df", "f", "p"] as const) {
            expectClose(actual[effect][key], expected[type][effect][key], 1e-8, [type, effect, key]);
          }
        }
        expectClose(actual.residual.sumOfSquares, expected[type].residual, 1e-10, "residual");
        expect(actual.residual.df).toBe(expected[type].df);
      }
    }
  });

  test("does not depend on the order of the observations, and exchanging the factors exchanges their lines", () => {
    const { observations } = golden<Case>("twoWayAnova")[0]!;
    const there = twoWayAnova(observations, "III");
    const back = twoWayAnova(
      [...observations].reverse().map(({ a, b, value }) => ({ a: b, b: a, value })),
      "III",
    );
    expect(back.b.f).toBeCloseTo(there.a.f, 9);
    expect(back.a.p).toBeCloseTo(there.b.p, 9);
    expect(back.interaction.f).toBeCloseTo(there.interaction.f, 9);
  });

  test("finds no effect in cells of one mean", () => {
    const flat = ["x", "y"].flatMap((a) => ["u", "v"].flatMap((b) => [0, 1].map((value) => ({ a, b, value }))));
    for (const type of ["II", "III"] as const) {
      const { a, b, interaction } = twoWayAnova(flat, type);
      for (const effect of [a, b, interaction]) expect(effect.p).toBeCloseTo(1, 9);
    }
  });

  test("says what is missing: a level, a cell, replication, variation", () => {
    const at = (a: string, b: string, ...values: number[]) => values.map((value) => ({ a, b, value }));
    const full = [...at("x", "u", 1), ...at("x", "v", 2), ...at("y", "u", 3), ...at("y", "v", 5)];
    expect(() => twoWayAnova([], "II")).toThrow("twoWayAnova requires at least 1 values");
    expect(() => twoWayAnova(at("x", "u", 1, 2), "II")).toThrow('at least two levels of each factor; one has only "x"');
    expect(() => twoWayAnova(full.slice(1), "II")).toThrow('requires observations in every cell; "x" × "u" has none');
    expect(() => twoWayAnova(full, "II")).toThrow("requires a cell with at least two observations");
    expect(() => twoWayAnova([...full, ...full], "II")).toThrow("requires values that vary within at least one cell");
  });
});

describe("McNemar", () => {
  test("exact and corrected agree with SciPy, statsmodels and R", () => {
    type Case = { onlyFirst: number; onlySecond: number; exact: number; corrected: number };
    for (const { onlyFirst, onlySecond, exact, corrected } of golden<Case>("mcnemar")) {
      expectClose(mcnemarExact(onlyFirst, onlySecond).p, exact, 1e-9, ["exact", onlyFirst, onlySecond]);
      expectClose(mcnemarCorrected(onlyFirst, onlySecond).p, corrected, 1e-9, ["corrected", onlyFirst, onlySecond]);
    }
  });

  test("gives p = 1 without discordant pairs, and where both sides are equal", () => {
    for (const count of [0, 4]) {
      expect(mcnemarExact(count, count).p).toBe(1);
      expect(mcnemarCorrected(count, count)).toMatchObject({ chiSquared: 0, p: 1 });
    }
  });

  test("does not care which side is first, and refuses what is no count", () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(500), (b, c) => {
        expect(mcnemarExact(c, b).p).toBe(mcnemarExact(b, c).p);
        expect(mcnemarCorrected(c, b).p).toBe(mcnemarCorrected(b, c).p);
      }),
    );
    expect(() => mcnemarExact(1.5, 2)).toThrow("mcnemarExact requires whole counts ≥ 0, not 1.5");
    expect(() => mcnemarCorrected(-1, 2)).toThrow(InputError);
  });
});

describe("weightedTTest", () => {
  const weigh = (values: readonly number[], weights: readonly number[]) =>
    values.map((value, i) => ({ value, weight: weights[i] ?? 1 }));

  test("agrees with weighted least squares", () => {
    // statsmodels.api.WLS([.2, 30/193, 12/146, 40/212, 3/39, 9/49, .04], add_constant([1] * 4 + [0] * 3),
    //   weights=[5, 193, 146, 212, 39, 49, 25]).fit(): params, bse, tvalues, pvalues of the group
    const first = weigh([0.2, 30 / 193, 12 / 146, 40 / 212], [5, 193, 146, 212]);
    const second = weigh([3 / 39, 9 / 49, 0.04], [39, 49, 25]);
    const { t, df, p, meanDifference, standardError } = weightedTTest(first, second);
    expect(df).toBe(5);
    expectClose(meanDifference, 0.034236327751957715, 1e-12, "difference");
    expectClose(standardError, 0.05527446962464763, 1e-12, "standard error");
    expectClose(t, 0.6193877206682644, 1e-12, "t");
    expectClose(p, 0.5627901560023385, 1e-10, "p");
  });

  test("is the pooled t test where all weigh the same, whatever they weigh", () => {
    fc.assert(
      fc.property(sample, sample, fc.double({ min: 0.1, max: 1000, noNaN: true }), (a, b, weight) => {
        fc.pre(new Set(a).size > 1);
        const { t, p } = weightedTTest(
          a.map((value) => ({ value, weight })),
          b.map((value) => ({ value, weight })),
        );
        const plain = independentTTest(a, b);
        expect(t).toBeCloseTo(plain.t, 8);
        expect(p).toBeCloseTo(plain.p, 8);
      }),
    );
  });

  test("refuses weights that are not above 0, and values that do not vary", () => {
    const good = weigh([1, 2], [1, 1]);
    expect(() => weightedTTest(weigh([1, 2], [1, 0]), good)).toThrow("requires weights above 0, not 0");
    expect(() => weightedTTest(weigh([1, 1], [1, 2]), weigh([3, 3], [1, 2]))).toThrow(InputError);
  });
});
