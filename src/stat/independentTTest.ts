import { InputError } from "../error.js";
import { studentTQuantile, studentTTwoSided } from "./distribution/studentT.js";
import { confidenceOf, type Interval, type IntervalOptions } from "./interval.js";
import { type SampleMoments, sampleMoments } from "./sampleMoments.js";

/** A two-sample t test, as a whole. */
export interface IndependentTTest {
  readonly t: number;
  /** n₁ + n₂ − 2, or Welch–Satterthwaite's. */
  readonly df: number;
  /** Two-sided. */
  readonly p: number;
  /** Mean of the first sample − mean of the second. */
  readonly meanDifference: number;
  readonly standardError: number;
  /** Of the mean difference. */
  readonly interval: Interval;
}

/** `pooled`: Student's, equal variances (unless told). `welch`: unequal variances. */
export interface TTestOptions extends IntervalOptions {
  readonly variances?: "pooled" | "welch";
}

/**
 * Independent two-sample t test, two-sided, with sample variances (n − 1).
 *
 * Agrees with `scipy.stats.ttest_ind(first, second, equal_var=True)` or, for `welch`, `equal_var=False`.
 *
 * @example independentTTest([1, 2, 3, 4], [2, 4, 6, 8]).t // −1.7320508
 * @throws InputError where a sample has fewer than two values, or neither varies: then t is not defined.
 */
export function independentTTest(
  first: readonly number[],
  second: readonly number[],
  options: TTestOptions = {},
): IndependentTTest {
  const [a, b] = [sampleMoments("independentTTest", first, 2), sampleMoments("independentTTest", second, 2)];
  return momentsTTest(a, b, options);
}

/** `independentTTest` of two samples whose moments are known. */
export function momentsTTest(a: SampleMoments, b: SampleMoments, options: TTestOptions = {}): IndependentTTest {
  const confidence = confidenceOf("independentTTest", options);
  if (a.squares + b.squares === 0) {
    throw new InputError("independentTTest requires values that vary in at least one sample");
  }
  const [va, vb] = [a.squares / (a.n - 1) / a.n, b.squares / (b.n - 1) / b.n];
  const pooled = (options.variances ?? "pooled") === "pooled";
  const df = pooled ? a.n + b.n - 2 : (va + vb) ** 2 / (va ** 2 / (a.n - 1) + vb ** 2 / (b.n - 1));
  const standardError = Math.sqrt(pooled ? ((a.squares + b.squares) / df) * (1 / a.n + 1 / b.n) : va + vb);
  const meanDifference = a.mean - b.mean;
  const t = meanDifference / standardError;
  const margin = studentTQuantile((1 + confidence) / 2, df) * standardError;
  return {
    t,
    df,
    p: studentTTwoSided(t, df),
    meanDifference,
    standardError,
    interval: { lower: meanDifference - margin, upper: meanDifference + margin, confidence },
  };
}
