import { sum } from "simple-statistics";
import { requireValues } from "./requireValues.js";
import { type Tally, tallyOf } from "./tally.js";

/** Size, mean and sum of squared deviations of a sample. */
export interface SampleMoments {
  readonly n: number;
  readonly mean: number;
  /** Σ(x − mean)², exactly 0 where all values are equal. */
  readonly squares: number;
}

/**
 * What t tests and effect sizes need of a sample. Divide `squares` by n − 1 for the sample variance.
 *
 * @param least fewest values that the caller can use
 * @throws InputError without that many finite values; the message starts with `name`.
 */
export function sampleMoments(name: string, values: readonly number[], least: number): SampleMoments {
  requireValues(name, values, least);
  return tallyMoments(tallyOf(values));
}

/** The moments of a sample of which equal values are counted; at least one value. */
export function tallyMoments({ values, counts, n }: Tally): SampleMoments {
  // A mean of equal values may be off in its last digit, and the deviations would not be 0.
  if (values.length === 1) return { n, mean: values[0] as number, squares: 0 };
  const center = sum(values.map((value, i) => value * (counts[i] ?? 0))) / n;
  return { n, mean: center, squares: sum(values.map((value, i) => (counts[i] ?? 0) * (value - center) ** 2)) };
}
