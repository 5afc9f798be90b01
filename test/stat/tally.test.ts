import fc from "fast-check";
import { expect, test } from "vitest";
import { tallyMoments } from "../../src/stat/sampleMoments.js";
import { tallyOf, tallyOfCounts } from "../../src/stat/tally.js";

test("equal values are counted, in ascending order", () => {
  expect(tallyOf([2, -1, 2, 0.5, 10, 2])).toEqual({ values: [-1, 0.5, 2, 10], counts: [1, 1, 3, 1], n: 6 });
  const counts = new Map([
    [10, 2],
    [9, 1],
  ]);
  expect(tallyOfCounts(counts)).toEqual({ values: [9, 10], counts: [1, 2], n: 3 });
  expect(tallyOf([0, -0]).counts).toEqual([2]);
});

test("mean and squares of a tally are those of its values by their definition", () => {
  const values = fc.array(fc.constantFrom(0, 1 / 3, 0.5, 1, -1), { minLength: 1, maxLength: 50 });
  fc.assert(
    fc.property(values, (all) => {
      const { n, mean, squares } = tallyMoments(tallyOf(all));
      const average = all.reduce((sum, value) => sum + value, 0) / all.length;
      expect(n).toBe(all.length);
      expect(mean).toBeCloseTo(average, 12);
      expect(squares).toBeCloseTo(
        all.reduce((sum, value) => sum + (value - average) ** 2, 0),
        12,
      );
      if (new Set(all).size === 1) expect({ mean, squares }).toEqual({ mean: all[0], squares: 0 });
    }),
  );
});
