import fc from "fast-check";
import { expect, test } from "vitest";
import { resampleMeans } from "../../src/stat/resampleMeans.js";
import { sampleMoments } from "../../src/stat/sampleMoments.js";

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
      const { below } = resampleMeans(all, moments);
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

test("a quantile is where that share of the resamples is below", () => {
  fc.assert(
    fc.property(values, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (all, share) => {
      const { below, quantile } = resampleMeans(all, sampleMoments("test", all, 2));
      const at = quantile(share, 0);
      // At the least and the greatest value the step is cut in half.
      if (at > Math.min(...all) && at < Math.max(...all)) expect(Math.abs(below(at) - share)).toBeLessThan(1e-6);
      else expect(at === Math.min(...all) ? below(at) >= share - 1e-6 : below(at) <= share + 1e-6).toBe(true);
    }),
  );
});
