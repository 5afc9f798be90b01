import { binomialMass } from "./distribution/binomial.js";
import { seededRandom } from "./seededRandom.js";

/**
 * Means of bootstrap resamples, ascending: each draws as many values as there are, with replacement. The values are sorted
 * first, so their order does not matter.
 *
 * Paired differences of verdicts are mostly 0. So a resample first draws how often the most frequent value comes up, a
 * binomial number, and then only the other draws one by one: the same distribution for a fraction of the draws.
 */
export function resampledMeans(values: readonly number[], resamples: number, seed: number): Float64Array {
  const n = values.length;
  const mode = mostFrequent(values);
  const others = Float64Array.from(values.filter((value) => value !== mode)).sort();
  const cumulative = cumulativeBinomial(n, (n - others.length) / n);
  const { uint32, uniform } = seededRandom(seed);
  const scale = others.length / 2 ** 32;
  const means = new Float64Array(resamples);
  for (let resample = 0; resample < resamples; resample++) {
    const modes = firstAbove(cumulative, uniform());
    let sum = modes * mode;
    for (let draw = modes; draw < n; draw++) sum += others[(uint32() * scale) | 0] as number;
    means[resample] = sum / n;
  }
  return means.sort();
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
  const cumulative = new Float64Array(n + 1);
  let sum = 0;
  for (let k = 0; k <= n; k++) cumulative[k] = sum += binomialMass(k, n, p);
  cumulative[n] = 1;
  return cumulative;
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
