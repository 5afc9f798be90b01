import { expect, test } from "vitest";
import { latticeStep } from "../../src/stat/latticeStep.js";
import { tallyOf } from "../../src/stat/tally.js";

const step = (values: readonly number[], least = 1e-3) => latticeStep(tallyOf(values).values, least);

test("is the largest step that divides all differences", () => {
  expect(step([-1, 0, 1, 1])).toBe(1);
  expect(step([0.25, 0.75])).toBeCloseTo(0.5, 12);
  expect(step([0, 1 / 3, 1 / 4, 1])).toBeCloseTo(1 / 12, 12);
  expect(step([0.1, 0.4, 0.9])).toBeCloseTo(0.1, 12);
});

test("is 0 of values that share none, and of a step that is too fine", () => {
  expect(step([0, 1, Math.SQRT2, Math.E])).toBe(0);
  expect(step([0, 1 / 3, 1 / 4, 1], 0.1)).toBe(0);
  expect(step([5, 5])).toBe(0);
});
