import { describe, expect, test } from "vitest";
import { bootstrapCounts } from "../../src/stat/bootstrapCounts.js";
import { matthewsCorrelation } from "../../src/stat/matthewsCorrelation.js";
import { quantile } from "../../src/stat/quantile.js";

const mcc = ([tp = 0, fp = 0, tn = 0, fn = 0]: readonly number[]) => matthewsCorrelation({ tp, fp, tn, fn });
const share = ([hits = 0, misses = 0]: readonly number[]) => hits / (hits + misses);

describe("bootstrapCounts", () => {
  test("agrees with scipy's BCa bootstrap up to the random numbers", () => {
    // p = 15 of 21 vulnerable and 8 of 21 others flagged; scipy.stats.bootstrap((p, t), mcc, paired=True, vectorized=False,
    // method="BCa", n_resamples=20000, rng=1): 0.0302, 0.6111
    const { value, interval, undefinedResamples } = bootstrapCounts([15, 8, 13, 6], mcc, {
      seed: 1,
      resamples: 20_000,
    });
    expect(value).toBeCloseTo(0.3348554112644579, 12);
    expect(interval.lower).toBeCloseTo(0.0302, 1);
    expect(Math.abs(interval.lower - 0.0302)).toBeLessThan(0.02);
    expect(Math.abs(interval.upper - 0.6111)).toBeLessThan(0.02);
    expect(undefinedResamples).toBe(0);
  });

  test("the seed decides, and the order of the kinds does not shift the interval by more than chance", () => {
    const once = bootstrapCounts([30, 10], share, { seed: 3 });
    expect(bootstrapCounts([30, 10], share, { seed: 3 })).toEqual(once);
    const four = bootstrapCounts([15, 8, 13, 6], mcc, { seed: 4 });
    expect(four.interval).not.toEqual(bootstrapCounts([15, 8, 13, 6], mcc, { seed: 3 }).interval);
    const turned = bootstrapCounts([10, 30], (counts) => share([...counts].reverse()), { seed: 3 });
    expect(turned.value).toBe(once.value);
    expect(Math.abs(turned.interval.lower - once.interval.lower)).toBeLessThan(0.05);
  });

  test("leaves out resamples in which the statistic is not defined, and counts them", () => {
    const { undefinedResamples, resamples, interval } = bootstrapCounts([1, 0, 3, 0], mcc, { seed: 1 });
    // A resample without the one positive, or of nothing but it: (3/4)^4 + (1/4)^4 = .320 of them.
    expect(undefinedResamples / resamples).toBeCloseTo(0.32, 1);
    expect(interval.lower).toBeCloseTo(1, 12);
    expect(interval.upper).toBe(interval.lower);
  });

  test("refuses a single item, a statistic without a value, and too few resamples", () => {
    expect(() => bootstrapCounts([1, 0], share, { seed: 1 })).toThrow("at least two items, not 1");
    expect(() => bootstrapCounts([2, 0, 0, 0], mcc, { seed: 1 })).toThrow("a statistic that is defined on the items");
    expect(() => bootstrapCounts([2, 2], share, { seed: 1, resamples: 10 })).toThrow("at least 100 resamples, not 10");
  });
});

test("quantile interpolates between order statistics as numpy.quantile does", () => {
  const values = Float64Array.of(1, 2, 4, 8);
  expect([0, 0.5, 0.9, 1].map((at) => quantile(values, at))).toEqual([1, 3, 6.800000000000001, 8]);
});
