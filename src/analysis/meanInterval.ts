import { mean, variance } from "simple-statistics";
import { normalQuantile } from "../stat/distribution/normal.js";

/** Below this the scores do not vary: what is left is rounding. */
const still = 1e-12;

/**
 * 95 % interval of the mean of scores between 0 and 1, such as shares of cases passed.
 *
 * Wilson's interval at the effective sample size n·p(1 − p)/s², with p the mean and s² the variance: Wilson's own for scores of 0
 * and 1, narrower as scores between vary less, always within 0 … 1. Where the scores do not vary the size is n, so that a
 * few equal scores do not look certain.
 *
 * @param scores at least one
 * @example meanInterval([0, 0.5, 1, 1])
 */
export function meanInterval(scores: readonly number[]): [number, number] {
  // The library reads its argument only.
  const values = scores as number[];
  const p = mean(values);
  const spread = variance(values);
  const size = spread < still ? values.length : (values.length * p * (1 - p)) / spread;
  const z = normalQuantile(0.975);
  const scale = 1 + z ** 2 / size;
  const center = (p + z ** 2 / (2 * size)) / scale;
  const margin = (z / scale) * Math.sqrt((p * (1 - p)) / size + z ** 2 / (4 * size ** 2));
  return [p === 0 ? 0 : Math.max(0, center - margin), p === 1 ? 1 : Math.min(1, center + margin)];
}
