import { drawn, poissonTables } from "./poissonTables.js";
import { seededRandom } from "./seededRandom.js";

/** From how many of a value on one Poisson number takes less time than that many draws. */
const frequent = 6;

/**
 * Means of bootstrap resamples, ascending: each draws as many values as there are, with replacement. The values are sorted
 * first, so their order does not matter.
 *
 * Paired differences of scores hold few different values, most of all 0, and what a resample needs is how often each comes up: multinomial
 * numbers. Independent Poisson numbers whose means are in proportion to the values' counts are just that, given their sum. So a
 * resample draws one Poisson number for each frequent value and one for all rare ones together, with means that add up to a
 * little less than n, and the few values that are then still missing one by one; where the numbers add up to more than n, it starts
 * anew. It is the same distribution of resamples, for about 2√n draws in place of n.
 */
export function resampledMeans(values: readonly number[], resamples: number, seed: number): Float64Array {
  const n = values.length;
  const all = Float64Array.from(values).sort();
  const { levels, counts, rare } = levelsOf(all);
  const scale = 1 - 2 / Math.sqrt(n);
  // The last table is of all rare values together.
  const means = (rare.length === 0 ? counts : [...counts, rare.length]).map((count) => count * scale);
  const tables = poissonTables(scale > 0 ? means : []);
  const frequents = scale > 0 ? levels.length : 0;
  const random = seededRandom(seed);
  const words = new Int32Array(tables.start.length);
  const draw = (): number => {
    random.fill(words);
    let left = n;
    let sum = 0;
    for (let i = 0; i < frequents; i++) {
      const times = drawn(tables, i, words[i] as number);
      sum += times * (levels[i] as number);
      left -= times;
    }
    const rares = words.length > frequents ? drawn(tables, frequents, words[frequents] as number) : 0;
    left -= rares;
    return left < 0 ? Number.NaN : sum + random.sumOf(rare, rares) + random.sumOf(all, left);
  };
  const resampled = new Float64Array(resamples);
  for (let resample = 0; resample < resamples;) {
    const sum = draw();
    if (!Number.isNaN(sum)) resampled[resample++] = sum / n;
  }
  return resampled.sort();
}

/** Of ascending values the frequent ones with their counts, and all others as they stand. Values that differ by rounding are one. */
function levelsOf(ascending: Float64Array) {
  const levels: number[] = [];
  const counts: number[] = [];
  const rare: number[] = [];
  const largest = Math.max(Math.abs(ascending[0] ?? 0), Math.abs(ascending[ascending.length - 1] ?? 0));
  const rounding = 4 * Number.EPSILON * largest;
  for (let from = 0, to = 0; from < ascending.length; from = to) {
    const value = ascending[from] as number;
    while (to < ascending.length && (ascending[to] as number) - value <= rounding) to += 1;
    if (to - from >= frequent) {
      levels.push(value);
      counts.push(to - from);
    } else for (let i = from; i < to; i++) rare.push(ascending[i] as number);
  }
  return { levels: Float64Array.from(levels), counts, rare: Float64Array.from(rare) };
}
