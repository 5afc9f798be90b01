import { bcaInterval } from "./bcaInterval.js";
import { confidenceOf, type Interval, type IntervalOptions } from "./interval.js";
import { resampleMeans } from "./resampleMeans.js";
import { requireValues } from "./requireValues.js";
import { tallyMoments } from "./sampleMoments.js";
import { type Tally, tallyOf } from "./tally.js";

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
  requireValues("pairedBootstrap", differences, 2);
  return tallyBootstrap(tallyOf(differences), options);
}

/** The same of differences of which equal ones are counted: at least two in all. */
export function tallyBootstrap(tally: Tally, options: IntervalOptions = {}): PairedBootstrap {
  const confidence = confidenceOf("pairedBootstrap", options);
  const moments = tallyMoments(tally);
  const { n, mean, squares } = moments;
  if (squares === 0) return { mean, n, interval: { lower: mean, upper: mean, confidence } };
  const { below, quantile } = resampleMeans(tally, moments);
  const cubes = tally.values.reduce((sum, x, i) => sum + (tally.counts[i] as number) * (x - mean) ** 3, 0);
  const acceleration = cubes / (6 * squares ** 1.5);
  return { mean, n, interval: bcaInterval({ below: below(mean), acceleration, quantile }, confidence) };
}
