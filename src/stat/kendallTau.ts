import { InputError } from "../error.js";
import { requireValues } from "./requireValues.js";

/** How two orders of the same things agree, pair by pair. */
export interface KendallTau {
  /** τ-b, −1 … 1; NaN where one of the orders has ties only. */
  readonly tau: number;
  /** Pairs in the same order in both. */
  readonly concordant: number;
  /** Pairs in opposite orders: those that flip. */
  readonly discordant: number;
  /** All pairs, ties included. */
  readonly pairs: number;
}

/**
 * Kendall's rank correlation τ-b (Kendall 1945), which allows for ties.
 *
 * Agrees with `scipy.stats.kendalltau(first, second).statistic` and R's `cor(first, second, method = "kendall")`.
 *
 * @example kendallTau([1, 2, 3], [1, 3, 2]).discordant // 1
 * @throws InputError with fewer than two values, or sides of different lengths.
 */
export function kendallTau(first: readonly number[], second: readonly number[]): KendallTau {
  requireValues("kendallTau", first, 2);
  requireValues("kendallTau", second, 2);
  if (first.length !== second.length) {
    throw new InputError(`kendallTau requires sides of one length, not ${first.length} and ${second.length}`);
  }
  const counts = { concordant: 0, discordant: 0, first: 0, second: 0 };
  for (const [i, a] of first.entries())
    for (let j = 0; j < i; j++) {
      const [x, y] = [Math.sign(a - (first[j] as number)), Math.sign((second[i] as number) - (second[j] as number))];
      if (x * y > 0) counts.concordant += 1;
      if (x * y < 0) counts.discordant += 1;
      if (x !== 0) counts.first += 1;
      if (y !== 0) counts.second += 1;
    }
  const { concordant, discordant } = counts;
  return {
    tau: (concordant - discordant) / Math.sqrt(counts.first * counts.second),
    concordant,
    discordant,
    pairs: (first.length * (first.length - 1)) / 2,
  };
}
