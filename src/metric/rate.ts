import { InputError } from "../error.js";

/** How many units were left out of a rate, and why. */
export interface Exclusion {
  readonly reason: string;
  readonly count: number;
}

/**
 * A share with its denominator: `value` = `hits` / `total`, and what was left out.
 *
 * `hits` counts units, or sums their scores where a unit can score between 0 and 1 (case-level Pass@k, SAFE@k).
 * `total` + Σ `excluded.count` is the number of planned units. `value` is NaN where `total` is 0:
 * too few samples is neither 0 nor 1.
 */
export interface Rate {
  readonly value: number;
  readonly hits: number;
  readonly total: number;
  readonly excluded: readonly Exclusion[];
  /**
   * Samples of counted units that an unbiased estimator passes over because they cannot be counted, by reason. They are samples and not
   * units, and no part of `total` + `excluded`; absent where there are none.
   */
  readonly unknown?: readonly Exclusion[];
}

/**
 * The rate `hits` / `total`; its value is NaN where `total` is 0.
 *
 * @example rate(3, 4).value // 0.75
 * @throws InputError unless 0 ≤ hits ≤ total.
 */
export function rate(hits: number, total: number, excluded: readonly Exclusion[] = []): Rate {
  if (!(hits >= 0 && hits <= total)) throw new InputError(`rate requires 0 ≤ hits ≤ total, not ${hits} of ${total}`);
  return { value: total === 0 ? Number.NaN : hits / total, hits, total, excluded };
}

/** Counts equal reasons: most frequent first, then by name, whatever the order of the input. */
export function countReasons(reasons: Iterable<string>): Exclusion[] {
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts]
    .map(([reason, count]) => ({ reason, count }))
    .sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1));
}
