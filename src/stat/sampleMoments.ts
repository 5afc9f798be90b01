import { mean } from "simple-statistics";
import { requireValues } from "./requireValues.js";

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
  const first = values[0] as number;
  // A mean of equal values may be off in its last digit, and the deviations would not be 0.
  if (values.every((value) => value === first)) return { n: values.length, mean: first, squares: 0 };
  const center = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - center) * (value - center), 0);
  return { n: values.length, mean: center, squares };
}
