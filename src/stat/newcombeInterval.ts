import type { Interval, IntervalOptions } from "./interval.js";
import { wilsonInterval } from "./wilsonInterval.js";

/** Hits out of total. */
export interface Share {
  readonly hits: number;
  readonly total: number;
}

/** A difference of shares with its interval. */
export interface ShareDifference {
  /** First − second. */
  readonly difference: number;
  readonly interval: Interval;
}

/**
 * Newcombe's hybrid score interval of the difference of two independent shares, built of their Wilson intervals
 * (Newcombe 1998, Stat Med 17:873–890, method 10).
 *
 * Agrees with `statsmodels.stats.proportion.confint_proportions_2indep(h1, n1, h2, n2, method="newcomb", correction=False)`.
 *
 * @example newcombeInterval({ hits: 56, total: 70 }, { hits: 48, total: 80 }).interval // 0.0524 … 0.3339
 * @throws InputError where a share is without units.
 */
export function newcombeInterval(first: Share, second: Share, options: IntervalOptions = {}): ShareDifference {
  return combine(first, second, 0, options);
}

/** A paired 2 × 2 table: how often both, only one, or neither succeeded. */
export interface PairedCounts {
  readonly both: number;
  readonly onlyFirst: number;
  readonly onlySecond: number;
  readonly neither: number;
}

/**
 * Newcombe's interval of the difference of two shares of the same units (Newcombe 1998, "Improved confidence intervals for the
 * difference between binomial proportions based on paired data", Stat Med 17:2635–2650, method 10): the Wilson intervals
 * are combined with the correlation φ, shrunk by n/2 in its numerator where it is positive, 0 where a margin is empty.
 *
 * @throws InputError without pairs.
 */
export function pairedNewcombeInterval(counts: PairedCounts, options: IntervalOptions = {}): ShareDifference {
  const { both, onlyFirst, onlySecond, neither } = counts;
  const total = both + onlyFirst + onlySecond + neither;
  const [first, second] = [both + onlyFirst, both + onlySecond];
  const margins = first * (total - first) * second * (total - second);
  const cross = both * neither - onlyFirst * onlySecond;
  const phi = margins === 0 ? 0 : (cross > 0 ? Math.max(0, cross - total / 2) : cross) / Math.sqrt(margins);
  return combine({ hits: first, total }, { hits: second, total }, phi, options);
}

function combine(first: Share, second: Share, phi: number, options: IntervalOptions): ShareDifference {
  const [a, b] = [wilsonInterval(first.hits, first.total, options), wilsonInterval(second.hits, second.total, options)];
  const [p, q] = [first.hits / first.total, second.hits / second.total];
  const margin = (x: number, y: number) => Math.sqrt(Math.max(0, x ** 2 - 2 * phi * x * y + y ** 2));
  return {
    difference: p - q,
    interval: {
      lower: Math.max(-1, p - q - margin(p - a.lower, b.upper - q)),
      upper: Math.min(1, p - q + margin(a.upper - p, q - b.lower)),
      confidence: a.confidence,
    },
  };
}
