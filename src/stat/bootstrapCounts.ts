import { InputError } from "../error.js";
import { bcaInterval } from "./bcaInterval.js";
import { confidenceOf, type Interval, type IntervalOptions } from "./interval.js";
import { quantile } from "./quantile.js";
import { requireCounts } from "./requireValues.js";
import { seededRandom } from "./seededRandom.js";

/** A statistic of counted items with its bootstrap interval, and what made it. */
export interface CountsBootstrap {
  readonly value: number;
  /** BCa interval over the resamples in which the statistic is defined; a point where it is the same in all of them. */
  readonly interval: Interval;
  readonly n: number;
  readonly resamples: number;
  /** Resamples in which the statistic was NaN, e.g. a correlation with a constant: left out. */
  readonly undefinedResamples: number;
  readonly seed: number;
}

/** The seed has no default: an interval must be reproducible on purpose. */
export interface BootstrapOptions extends IntervalOptions {
  readonly seed: number;
  /** 2,000 unless told. */
  readonly resamples?: number;
}

/**
 * Bootstrap interval (BCa) of any statistic of items that fall into a few kinds: a confusion matrix, pairs of labels. Each resample
 * draws as many items as there are, with replacement; the statistic sees how often each kind was drawn.
 *
 * Agrees with `scipy.stats.bootstrap((items…), statistic, paired=True, method="BCa")` up to the random numbers.
 *
 * @param counts how many items there are of each kind
 * @param statistic a number from such counts; NaN where it is not defined
 * @throws InputError for less than two items, fewer than 100 resamples, or a statistic that is not defined on the items, or on
 * fewer than 100 resamples of them.
 */
export function bootstrapCounts(
  counts: readonly number[],
  statistic: (counts: readonly number[]) => number,
  options: BootstrapOptions,
): CountsBootstrap {
  const { seed, resamples = 2000 } = options;
  const confidence = confidenceOf("bootstrapCounts", options);
  requireCounts("bootstrapCounts", counts);
  const n = counts.reduce((sum, count) => sum + count, 0);
  if (n < 2) throw new InputError(`bootstrapCounts requires at least two items, not ${n}`);
  if (!Number.isInteger(resamples) || resamples < 100) {
    throw new InputError(`bootstrapCounts requires at least 100 resamples, not ${resamples}`);
  }
  const value = statistic(counts);
  if (Number.isNaN(value)) throw new InputError("bootstrapCounts requires a statistic that is defined on the items");
  const all = resampledStatistics(counts, statistic, { n, resamples, seed });
  const resampled = all.filter((each) => !Number.isNaN(each)).sort();
  if (resampled.length < 100) {
    throw new InputError(
      `bootstrapCounts requires a statistic that is defined on 100 resamples, not ${resampled.length} of ${resamples}`,
    );
  }
  const made = { value, n, resamples, undefinedResamples: resamples - resampled.length, seed };
  const slack = 1e-12 * (1 + Math.abs(value));
  if (resampled.every((each) => Math.abs(each - value) <= slack)) {
    return { ...made, interval: { lower: value, upper: value, confidence } };
  }
  // Resamples that differ from the value by rounding only are ties.
  const less = resampled.filter((each) => each < value - slack).length;
  const ties = resampled.filter((each) => Math.abs(each - value) <= slack).length;
  const below = insideOf(less + ties / 2, resampled.length);
  const acceleration = jackknifeAcceleration(counts, statistic);
  const ends = { below, acceleration, quantile: (share: number) => quantile(resampled, share) };
  return { ...made, interval: bcaInterval(ends, confidence) };
}

/** The share of so many resamples; a value outside of all of them counts as half a resample from the end, so that the bias stays finite. */
function insideOf(count: number, resamples: number): number {
  return Math.min(Math.max(count, 0.5), resamples - 0.5) / resamples;
}

function resampledStatistics(
  counts: readonly number[],
  statistic: (counts: readonly number[]) => number,
  { n, resamples, seed }: { readonly n: number; readonly resamples: number; readonly seed: number },
): Float64Array {
  const kinds = counts.flatMap((count, kind) => new Array<number>(count).fill(kind));
  const { below } = seededRandom(seed);
  return Float64Array.from({ length: resamples }, () => {
    const drawn = counts.map(() => 0);
    for (let i = 0; i < n; i++) {
      const kind = kinds[below(n)] as number;
      drawn[kind] = (drawn[kind] as number) + 1;
    }
    return statistic(drawn);
  });
}

/** From leaving out one item at a time; items of one kind have the same influence. */
function jackknifeAcceleration(counts: readonly number[], statistic: (counts: readonly number[]) => number): number {
  const without = counts.flatMap((count, kind) => {
    if (count === 0) return [];
    const value = statistic(counts.map((each, other) => (other === kind ? each - 1 : each)));
    return Number.isNaN(value) ? [] : [{ value, weight: count }];
  });
  const weight = without.reduce((sum, each) => sum + each.weight, 0);
  const mean = without.reduce((sum, each) => sum + each.weight * each.value, 0) / weight;
  const moment = (power: number) => without.reduce((sum, each) => sum + each.weight * (mean - each.value) ** power, 0);
  const squares = moment(2);
  return squares === 0 || without.length === 0 ? 0 : moment(3) / (6 * squares ** 1.5);
}
