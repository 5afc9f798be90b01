import { binomialMass } from "./distribution/binomial.js";
import { seededRandom } from "./seededRandom.js";

/**
 * Means of bootstrap resamples, ascending: each draws as many values as there are, with replacement. The values are sorted
 * first, so their order does not matter.
 *
 * Paired differences of verdicts are mostly 0. So a resample first draws how often the most frequent value comes up, a
 * binomial number, and then only the other draws one by one: the same distribution for a fraction of the draws. Where only two
 * other values occur (verdicts: 1 and −1), a second binomial number takes the place of those draws.
 */
export function resampledMeans(values: readonly number[], resamples: number, seed: number): Float64Array {
  const n = values.length;
  const mode = mostFrequent(values);
  const others = Float64Array.from(values.filter((value) => value !== mode)).sort();
  const cumulative = cumulativeBinomial(n, (n - others.length) / n);
  const random = seededRandom(seed);
  const sumOf =
    distinct(others) === 2 ? pairSum(others, random.uniform) : (draws: number) => random.sumOf(others, draws);
  const means = new Float64Array(resamples);
  for (let resample = 0; resample < resamples; resample++) {
    const modes = firstAbove(cumulative, random.uniform());
    means[resample] = (modes * mode + sumOf(n - modes)) / n;
  }
  return means.sort();
}

/** Sums of draws from ascending values of which two are different: how many draws give the larger is binomial. */
function pairSum(values: Float64Array, uniform: () => number): (draws: number) => number {
  const [low, high] = [values[0] as number, values[values.length - 1] as number];
  const share = values.filter((value) => value === high).length / values.length;
  const tables = new Map<number, Float64Array>();
  return (draws) => {
    let table = tables.get(draws);
    if (table === undefined) tables.set(draws, (table = cumulativeBinomial(draws, share)));
    const highs = firstAbove(table, uniform());
    return highs * high + (draws - highs) * low;
  };
}

/** Number of different values among ascending ones. */
function distinct(ascending: Float64Array): number {
  return ascending.filter((value, i) => i === 0 || value !== ascending[i - 1]).length;
}

/** The most frequent value; of equally frequent ones the smallest. */
function mostFrequent(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce((best, next) =>
    next[1] > best[1] || (next[1] === best[1] && next[0] < best[0]) ? next : best,
  )[0];
}

/** P(X ≤ k) for k = 0 … n; the last is 1. */
function cumulativeBinomial(n: number, p: number): Float64Array {
  const mass = new Float64Array(n + 1);
  const peak = Math.min(n, Math.floor((n + 1) * p));
  mass[peak] = binomialMass(peak, n, p);
  // Outwards from the peak each mass follows from its neighbour; what underflows is 0.
  const odds = p / (1 - p);
  for (let k = peak; k < n; k++) mass[k + 1] = (((mass[k] as number) * (n - k)) / (k + 1)) * odds;
  for (let k = peak; k > 0; k--) mass[k - 1] = ((mass[k] as number) * k) / ((n - k + 1) * odds);
  for (let k = 1; k <= n; k++) mass[k] = (mass[k] as number) + (mass[k - 1] as number);
  mass[n] = 1;
  return mass;
}

/** Index of the first entry above u in an ascending array that ends above u. */
function firstAbove(ascending: Float64Array, u: number): number {
  let [low, high] = [0, ascending.length - 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] as number) > u) high = middle;
    else low = middle + 1;
  }
  return low;
}
