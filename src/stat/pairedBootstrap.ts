import { InputError } from "../error.js";
import { bcaInterval } from "./bcaInterval.js";
import { confidenceOf, type Interval, type IntervalOptions } from "./interval.js";
import { resampledMeans } from "./resampledMeans.js";
import { sampleMoments } from "./sampleMoments.js";

/** A mean difference with its bootstrap interval, and what made it. */
export interface PairedBootstrap {
  readonly mean: number;
  /** BCa interval; a single point where all differences are equal, since no resample can differ. */
  readonly interval: Interval;
  readonly n: number;
  readonly resamples: number;
  readonly seed: number;
}

/** The seed has no default: an interval must be reproducible on purpose. */
export interface BootstrapOptions extends IntervalOptions {
  readonly seed: number;
  /** 2,000 unless told. */
  readonly resamples?: number;
}

/**
 * Bootstrap interval of the mean of paired differences, bias-corrected and accelerated (BCa; Efron 1987, Efron and Tibshirani
 * 1993, chapter 14). Differences are resampled as pairs, so the dependence within a task is kept.
 *
 * Agrees with `scipy.stats.bootstrap((d,), numpy.mean, method="BCa")` up to the random numbers. The order of the differences
 * does not matter.
 *
 * @param differences one a task, e.g. method − baseline
 * @throws InputError with fewer than two differences, or fewer than 100 resamples.
 */
export function pairedBootstrap(differences: readonly number[], options: BootstrapOptions): PairedBootstrap {
  const { seed, resamples = 2000 } = options;
  const confidence = confidenceOf("pairedBootstrap", options);
  if (!Number.isInteger(resamples) || resamples < 100) {
    throw new InputError(`pairedBootstrap requires at least 100 resamples, not ${resamples}`);
  }
  const { n, mean, squares } = sampleMoments("pairedBootstrap", differences, 2);
  const made = { mean, n, resamples, seed };
  if (squares === 0) return { ...made, interval: { lower: mean, upper: mean, confidence } };
  const means = resampledMeans(differences, resamples, seed);
  let cubes = 0;
  for (const x of differences) cubes += (x - mean) * (x - mean) * (x - mean);
  const acceleration = cubes / (6 * squares ** 1.5);
  // Resamples that draw the same values in another order differ from the mean by rounding only.
  const slack = 1e-12 * (Math.abs(mean) + Math.sqrt(squares / n));
  return { ...made, interval: bcaInterval({ estimate: mean, resampled: means, acceleration, slack }, confidence) };
}
