import { bcaInterval } from "./bcaInterval.js";
import { confidenceOf, type Interval, type IntervalOptions } from "./interval.js";
import { resampleMeans } from "./resampleMeans.js";
import { sampleMoments } from "./sampleMoments.js";

/** A mean difference with its bootstrap interval. */
export interface PairedBootstrap {
  readonly mean: number;
  /** BCa interval; a single point where all differences are equal, since no resample can differ. */
  readonly interval: Interval;
  readonly n: number;
}

/**
 * Bootstrap interval of the mean of paired differences, bias-corrected and accelerated (BCa; Efron 1987, Efron and Tibshirani
 * 1993, chapter 14). Differences are resampled as pairs, so the dependence within a task is kept.
 *
 * It is the interval of all possible resamples, not of some thousand that a seed decides: a mean's distribution over them is known
 * (`resampleMeans`). The same differences give the same interval, whatever their order.
 *
 * Agrees with `scipy.stats.bootstrap((d,), numpy.mean, method="BCa")` up to the error of its random resamples.
 *
 * @param differences one a task, e.g. method − baseline
 * @throws InputError with fewer than two differences.
 */
export function pairedBootstrap(differences: readonly number[], options: IntervalOptions = {}): PairedBootstrap {
  const confidence = confidenceOf("pairedBootstrap", options);
  const moments = sampleMoments("pairedBootstrap", differences, 2);
  const { n, mean, squares } = moments;
  if (squares === 0) return { mean, n, interval: { lower: mean, upper: mean, confidence } };
  const { below, quantile } = resampleMeans(differences, moments);
  const cubes = differences.reduce((sum, x) => sum + (x - mean) * (x - mean) * (x - mean), 0);
  const acceleration = cubes / (6 * squares ** 1.5);
  return { mean, n, interval: bcaInterval({ below: below(mean), acceleration, quantile }, confidence) };
}
