import { normal, normalQuantile } from "./distribution/normal.js";
import { quantile } from "./quantile.js";
import type { Interval } from "./interval.js";

/** A statistic, what it was in each bootstrap resample, and how skewed its influence is. */
export interface Resampled {
  readonly estimate: number;
  /** Ascending. */
  readonly resampled: Float64Array;
  /** A sixth of the skewness of the jackknife's influence values. */
  readonly acceleration: number;
  /** Resamples as near as this to the estimate are ties: they differ by rounding only. */
  readonly slack: number;
}

/** The bias-corrected and accelerated bootstrap interval, BCa (Efron 1987; Efron and Tibshirani 1993, chapter 14). */
export function bcaInterval({ estimate, resampled, acceleration, slack }: Resampled, confidence: number): Interval {
  const { length } = resampled;
  const below = firstFrom(resampled, (value) => value >= estimate - slack);
  const ties = firstFrom(resampled, (value) => value > estimate + slack) - below;
  // An estimate outside of all resamples counts as half a resample from the end, so that the bias stays finite.
  const share = Math.min(Math.max(below + ties / 2, 0.5), length - 0.5) / length;
  const bias = normalQuantile(share);
  const end = (at: number) => {
    const z = bias + normalQuantile(at);
    return quantile(resampled, normal(bias + z / (1 - acceleration * z)).lower);
  };
  return { lower: end((1 - confidence) / 2), upper: end((1 + confidence) / 2), confidence };
}

/** Place of the first of ascending values that fulfils what all after it fulfil; their number where none does. */
function firstFrom(ascending: Float64Array, holds: (value: number) => boolean): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(ascending[middle] as number)) high = middle;
    else low = middle + 1;
  }
  return low;
}
