import { normal, normalQuantile } from "./distribution/normal.js";
import type { Interval } from "./interval.js";

/** How a statistic is distributed over bootstrap resamples. */
export interface Resampled {
  /** Part of the resamples in which it is less than on the data itself, ties counted half; neither 0 nor 1. */
  readonly below: number;
  /** A sixth of the skewness of the jackknife's influence values. */
  readonly acceleration: number;
  /** The number that this part of the resamples is below; `z` is where a normal distribution has it, so a search may start there. */
  readonly quantile: (share: number, z: number) => number;
}

/** The bias-corrected and accelerated bootstrap interval, BCa (Efron 1987; Efron and Tibshirani 1993, chapter 14). */
export function bcaInterval({ below, acceleration, quantile }: Resampled, confidence: number): Interval {
  const bias = normalQuantile(below);
  const end = (at: number) => {
    const uncorrected = bias + normalQuantile(at);
    const z = bias + uncorrected / (1 - acceleration * uncorrected);
    return quantile(normal(z).lower, z);
  };
  return { lower: end((1 - confidence) / 2), upper: end((1 + confidence) / 2), confidence };
}
