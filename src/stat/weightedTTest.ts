import { InputError } from "../error.js";
import { studentTTwoSided } from "./distribution/studentT.js";
import { requireValues } from "./requireValues.js";

/** A value with the number of observations behind it. */
export interface Weighted {
  readonly value: number;
  /** Above 0. */
  readonly weight: number;
}

/** A weighted two-sample t test, as a whole. */
export interface WeightedTTest {
  readonly t: number;
  /** n₁ + n₂ − 2, n the number of values, not of what they weigh. */
  readonly df: number;
  /** Two-sided. */
  readonly p: number;
  /** Weighted mean of the first sample − that of the second. */
  readonly meanDifference: number;
  readonly standardError: number;
}

/**
 * Two-sample t test of weighted means, two-sided: least squares with weights of the value on the group, so that a share of many samples
 * counts more than a share of few. With equal weights it is `independentTTest` with pooled variances.
 *
 * Agrees with R's `summary(lm(value ~ group, weights = w))` and `statsmodels.formula.api.wls("value ~ group", data, weights=w)`.
 *
 * @throws InputError with fewer than three values in all or none a side, weights ≤ 0, or values that do not vary within a sample.
 */
export function weightedTTest(first: readonly Weighted[], second: readonly Weighted[]): WeightedTTest {
  const [a, b] = [momentsOf(first), momentsOf(second)];
  const df = first.length + second.length - 2;
  if (df < 1) throw new InputError("weightedTTest requires at least three values");
  if (a.squares + b.squares === 0) {
    throw new InputError("weightedTTest requires values that vary in at least one sample");
  }
  const standardError = Math.sqrt(((a.squares + b.squares) / df) * (1 / a.weight + 1 / b.weight));
  const meanDifference = a.mean - b.mean;
  const t = meanDifference / standardError;
  return { t, df, p: studentTTwoSided(t, df), meanDifference, standardError };
}

function momentsOf(sample: readonly Weighted[]): { weight: number; mean: number; squares: number } {
  requireValues(
    "weightedTTest",
    sample.flatMap(({ value, weight }) => [value, weight]),
    2,
  );
  const odd = sample.find(({ weight }) => !(weight > 0));
  if (odd !== undefined) throw new InputError(`weightedTTest requires weights above 0, not ${odd.weight}`);
  const sum = (of: (each: Weighted) => number) => sample.reduce((total, each) => total + of(each), 0);
  const weight = sum((each) => each.weight);
  const [{ value: any }] = sample as readonly [Weighted];
  // A mean of equal values may be off in its last digit, and the deviations would not be 0.
  if (sample.every(({ value }) => value === any)) return { weight, mean: any, squares: 0 };
  const mean = sum((each) => each.weight * each.value) / weight;
  return { weight, mean, squares: sum((each) => each.weight * (each.value - mean) ** 2) };
}
