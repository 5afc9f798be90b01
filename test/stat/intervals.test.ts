import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { InputError } from "../../src/error.js";
import { newcombeInterval, pairedNewcombeInterval } from "../../src/stat/newcombeInterval.js";
import { pairedBootstrap } from "../../src/stat/pairedBootstrap.js";
import { seededRandom, xoshiro } from "../../src/stat/seededRandom.js";
import { wilsonInterval } from "../../src/stat/wilsonInterval.js";
import { youdenJ } from "../../src/stat/youdenJ.js";
import { expectClose, golden } from "./golden.js";

const share = fc
  .tuple(fc.nat(50), fc.nat(50))
  .filter(([a, b]) => a + b > 0)
  .map(([a, b]) => ({ hits: a, total: a + b }));

describe("wilsonInterval", () => {
  test("agrees with statsmodels' proportion_confint", () => {
    for (const [hits, total, confidence, lower, upper] of golden<[number, number, number, number, number]>(
      "wilsonInterval",
    )) {
      const interval = wilsonInterval(hits, total, { confidence });
      expect(interval.lower).toBeCloseTo(lower, 12);
      expect(interval.upper).toBeCloseTo(upper, 12);
      expect(interval.confidence).toBe(confidence);
    }
  });

  test("holds the share, stays in 0 … 1, and mirrors when hits and misses are exchanged", () => {
    fc.assert(
      fc.property(share, ({ hits, total }) => {
        const { lower, upper } = wilsonInterval(hits, total);
        expect(lower).toBeGreaterThanOrEqual(0);
        expect(upper).toBeLessThanOrEqual(1);
        expect(lower).toBeLessThanOrEqual(hits / total);
        expect(upper).toBeGreaterThanOrEqual(hits / total);
        expect(upper - lower).toBeGreaterThan(0);
        expect(wilsonInterval(total - hits, total).lower).toBeCloseTo(1 - upper, 12);
      }),
    );
  });

  test("refuses no units, more hits than units, and parts of hits", () => {
    expect(() => wilsonInterval(0, 0)).toThrow("wilsonInterval requires hits ≤ total and total ≥ 1, not 0 of 0");
    expect(() => wilsonInterval(3, 2)).toThrow(InputError);
    expect(() => wilsonInterval(0.5, 2)).toThrow("whole counts");
  });
});

describe("newcombeInterval", () => {
  test("agrees with statsmodels' confint_proportions_2indep(method='newcomb')", () => {
    for (const [h1, n1, h2, n2, lower, upper] of golden<[number, number, number, number, number, number]>(
      "newcombeInterval",
    )) {
      const { interval } = newcombeInterval({ hits: h1, total: n1 }, { hits: h2, total: n2 });
      expect(interval.lower).toBeCloseTo(lower, 10);
      expect(interval.upper).toBeCloseTo(upper, 10);
    }
  });

  // Newcombe 1998, Stat Med 17:873-890, Table II, contrast (a) 56/70 - 48/80, method 10
  test("has the published value of 56/70 − 48/80", () => {
    const { difference, interval } = newcombeInterval({ hits: 56, total: 70 }, { hits: 48, total: 80 });
    expect(difference).toBeCloseTo(0.2, 12);
    expect([interval.lower, interval.upper].map((end) => Number(end.toFixed(4)))).toEqual([0.0524, 0.3339]);
  });

  test("mirrors when the shares are exchanged", () => {
    fc.assert(
      fc.property(share, share, (a, b) => {
        const [there, back] = [newcombeInterval(a, b), newcombeInterval(b, a)];
        expect(back.interval.lower).toBeCloseTo(-there.interval.upper, 12);
        expect(there.interval.lower).toBeLessThanOrEqual(there.difference);
        expect(there.interval.upper).toBeGreaterThanOrEqual(there.difference);
      }),
    );
  });

  test("is Youden's J with its interval", () => {
    const { j, interval } = youdenJ({ tp: 8, fp: 2, tn: 8, fn: 2 });
    expect(j).toBeCloseTo(0.6, 12);
    expect(interval).toEqual(newcombeInterval({ hits: 8, total: 10 }, { hits: 2, total: 10 }).interval);
    expect(() => youdenJ({ tp: 0, fp: 1, tn: 1, fn: 0 })).toThrow(
      "youdenJ requires both positives and negatives, not 0 and 2",
    );
  });
});

describe("pairedNewcombeInterval", () => {
  // Method 10 written out from Newcombe 1998 (Stat Med 17:2635) for the table of Altman et al. 2000, Table 6.2 (14, 5, 0, 22)
  test("follows the published formula by hand", () => {
    const { difference, interval } = pairedNewcombeInterval({ both: 14, onlyFirst: 5, onlySecond: 0, neither: 22 });
    const [a, b] = [wilsonInterval(19, 41), wilsonInterval(14, 41)];
    const [p, q] = [19 / 41, 14 / 41];
    const phi = (14 * 22 - 41 / 2) / Math.sqrt(19 * 22 * 14 * 27);
    const end = (x: number, y: number) => Math.sqrt(x * x - 2 * phi * x * y + y * y);
    expect(difference).toBeCloseTo(5 / 41, 12);
    expect(interval.lower).toBeCloseTo(5 / 41 - end(p - a.lower, b.upper - q), 12);
    expect(interval.upper).toBeCloseTo(5 / 41 + end(a.upper - p, q - b.lower), 12);
  });

  test("is narrower than the unpaired interval where the pairs agree", () => {
    const paired = pairedNewcombeInterval({ both: 40, onlyFirst: 6, onlySecond: 2, neither: 52 }).interval;
    const unpaired = newcombeInterval({ hits: 46, total: 100 }, { hits: 42, total: 100 }).interval;
    expect(paired.upper - paired.lower).toBeLessThan(0.6 * (unpaired.upper - unpaired.lower));
  });

  test("holds the difference and mirrors when first and second are exchanged, empty margins included", () => {
    const count = fc.nat(20);
    fc.assert(
      fc.property(count, count, count, count, (both, onlyFirst, onlySecond, neither) => {
        fc.pre(both + onlyFirst + onlySecond + neither > 0);
        const there = pairedNewcombeInterval({ both, onlyFirst, onlySecond, neither });
        const back = pairedNewcombeInterval({ both, onlyFirst: onlySecond, onlySecond: onlyFirst, neither });
        expect(back.interval.upper).toBeCloseTo(-there.interval.lower, 12);
        expect(there.interval.lower).toBeLessThanOrEqual(there.difference + 1e-12);
        expect(there.interval.upper).toBeGreaterThanOrEqual(there.difference - 1e-12);
      }),
    );
    expect(() => pairedNewcombeInterval({ both: 0, onlyFirst: 0, onlySecond: 0, neither: 0 })).toThrow(InputError);
  });
});

describe("pairedBootstrap", () => {
  test("agrees with scipy.stats.bootstrap(method='BCa') within the error of its simulation", () => {
    type Case = { differences: number[]; lower: number; upper: number; standardError: number };
    for (const { differences, lower, upper, standardError } of golden<Case>("pairedBootstrap")) {
      const { interval } = pairedBootstrap(Object.freeze(differences));
      // The ends of SciPy's 400,000 resamples have a standard error of 0.005 to 0.01 standard errors of the mean, and the kernel
      // rounds the steps off by 0.05; a percentile interval, without bias correction and acceleration, would be 0.2 off for the skewed case.
      // Means of whole numbers lie on a lattice; an end may fall on the next point of it.
      const step = differences.every(Number.isInteger) ? 1 / differences.length : 0;
      expect(Math.abs(interval.lower - lower)).toBeLessThan(0.05 * standardError + step);
      expect(Math.abs(interval.upper - upper)).toBeLessThan(0.05 * standardError + step);
    }
  });

  test("does not depend on the order, moves with the differences and turns with their sign", () => {
    const value = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 2, maxLength: 60 }), value, (differences, shift) => {
        fc.pre(Math.max(...differences) - Math.min(...differences) > 1e-3);
        const { mean, interval } = pairedBootstrap(differences);
        const ends = (values: number[]) => pairedBootstrap(values).interval;
        expect(ends([...differences].reverse()).lower).toBeCloseTo(interval.lower, 8);
        expect(ends(differences.map((each) => each + shift)).upper).toBeCloseTo(interval.upper + shift, 8);
        expect(ends(differences.map((each) => -each)).lower).toBeCloseTo(-interval.upper, 6);
        expect(interval.lower).toBeGreaterThanOrEqual(Math.min(...differences));
        expect(interval.upper).toBeLessThanOrEqual(Math.max(...differences));
        expect(interval.lower).toBeLessThanOrEqual(mean);
        expect(interval.upper).toBeGreaterThanOrEqual(mean);
      }),
    );
  });

  test("is a point where all differences are equal", () => {
    expect(pairedBootstrap([0.1, 0.1, 0.1]).interval).toEqual({ lower: 0.1, upper: 0.1, confidence: 0.95 });
  });

  test("refuses one value", () => {
    expect(() => pairedBootstrap([1])).toThrow("pairedBootstrap requires at least 2 values, not 1");
  });

  test("covers the planted mean about as often as it says", () => {
    const { uniform } = seededRandom(3);
    const runs = 1000;
    const covered = Array.from({ length: runs }, () => {
      const differences = Array.from({ length: 150 }, () => {
        const u = uniform();
        return u < 0.2 ? 1 : u < 0.3 ? -1 : 0;
      });
      const { lower, upper } = pairedBootstrap(differences).interval;
      return lower <= 0.1 && 0.1 <= upper;
    }).filter(Boolean).length;
    expect(covered / runs).toBeGreaterThan(0.93);
    expect(covered / runs).toBeLessThan(0.97);
  });
});

describe("seededRandom", () => {
  test("is xoshiro128** as an independent implementation computes it", () => {
    type Case = { state: [number, number, number, number]; first: number[] };
    for (const { state, first } of golden<Case>("xoshiro")) {
      const { uint32 } = xoshiro(state);
      expect(first.map(() => uint32())).toEqual(first);
    }
  });

  test("gives the same stream for the same seed and another for each neighbour, beyond 32 bits too", () => {
    const stream = (seed: number) => {
      const { uint32 } = seededRandom(seed);
      return Array.from({ length: 4 }, uint32).join(" ");
    };
    expect(stream(7)).toBe(stream(7));
    const seeds = [0, 1, 2, -1, 2 ** 32, 2 ** 32 + 1, 2 ** 33, Number.MAX_SAFE_INTEGER];
    expect(new Set(seeds.map(stream)).size).toBe(seeds.length);
    expect(() => seededRandom(0.5)).toThrow("seededRandom requires a whole number as seed, not 0.5");
  });

  test("draws every number below n about equally often", () => {
    const { below } = seededRandom(42);
    const counts = [0, 0, 0, 0, 0, 0, 0];
    for (let i = 0; i < 70_000; i++) counts[below(7)]! += 1;
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400);
    expectClose(below(1), 0, 0, "below(1)");
  });
});
