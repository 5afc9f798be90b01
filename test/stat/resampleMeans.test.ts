import fc from "fast-check";
import { expect, test } from "vitest";
import { resampleMeans } from "../../src/stat/resampleMeans.js";
import { sampleMoments } from "../../src/stat/sampleMoments.js";
import { tallyOf } from "../../src/stat/tally.js";

/** Every resample of a few values: nⁿ means, ascending. */
function everyMean(values: readonly number[]): number[] {
  let sums = [0];
  for (let draw = 0; draw < values.length; draw++) sums = sums.flatMap((sum) => values.map((value) => sum + value));
  return sums.map((sum) => sum / values.length).sort((a, b) => a - b);
}

const values = fc
  .array(fc.integer({ min: -1, max: 2 }), { minLength: 2, maxLength: 6 })
  .filter((all) => new Set(all).size > 1);

test("shares of resamples are those of all nⁿ of them, ties counted half", () => {
  fc.assert(
    fc.property(values, (all) => {
      const moments = sampleMoments("test", all, 2);
      const { below } = resampleMeans(tallyOf(all), moments);
      const means = everyMean(all);
      // Away from the steps, which the kernel rounds off: midway between two means, and on a mean, where half of its step counts.
      const steps = [...new Set(means.map((mean) => Math.round(mean * all.length)))];
      for (const step of steps.flatMap((at) => [at, at + 0.5])) {
        const less = means.filter((mean) => mean * all.length < step - 0.25).length;
        const ties = means.filter((mean) => Math.abs(mean * all.length - step) < 0.25).length;
        expect(Math.abs(below(step / all.length) - (less + ties / 2) / means.length)).toBeLessThan(1e-6);
      }
    }),
    { numRuns: 50 },
  );
});

test("of values on a lattice a quantile is the mean of a resample that the share falls on", () => {
  fc.assert(
    fc.property(values, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (all, share) => {
      const at = resampleMeans(tallyOf(all), sampleMoments("test", all, 2)).quantile(share, 0);
      const means = everyMean(all);
      const shareOf = (isCounted: (mean: number) => boolean) => means.filter(isCounted).length / means.length;
      expect(means.some((mean) => Math.abs(mean - at) < 1e-12)).toBe(true);
      // The kernel's tails and the cut at the ends weigh less than this.
      expect(shareOf((mean) => mean < at - 1e-9)).toBeLessThan(share + 1e-4);
      expect(shareOf((mean) => mean < at + 1e-9)).toBeGreaterThan(share - 1e-4);
    }),
  );
});

test("a quantile that is zero is zero, not nearly", () => {
  const all = Array.from({ length: 49 }, (_, i) => (i === 0 ? -1 : i < 3 ? 1 : 0));
  expect(resampleMeans(tallyOf(all), sampleMoments("test", all, 2)).quantile(0.3, -1)).toBe(0);
});

test("of values that lie on no lattice, or on one too fine to tell its steps apart, a quantile is where that share is below", () => {
  const irregular = fc
    .array(fc.integer({ min: 1, max: 1e9 }), { minLength: 40, maxLength: 60 })
    .map((all) => all.map((value) => Math.sqrt(value / 1e9)))
    .filter((all) => new Set(all).size > 20 && Math.max(...all) - Math.min(...all) > 0.2);
  const many = fc.constant(Array.from({ length: 3000 }, (_, i) => (i % 3 === 0 ? 1 : 0)));
  fc.assert(
    fc.property(fc.oneof(irregular, many), fc.double({ min: 0.01, max: 0.99, noNaN: true }), (all, share) => {
      const { below, quantile } = resampleMeans(tallyOf(all), sampleMoments("test", all, 2));
      expect(Math.abs(below(quantile(share, 0)) - share)).toBeLessThan(1e-6);
    }),
    { numRuns: 50 },
  );
});
