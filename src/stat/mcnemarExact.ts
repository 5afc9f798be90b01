import { binomial } from "./distribution/binomial.js";
import { requireCounts } from "./requireValues.js";

/** A test on the discordant pairs of a paired 2 × 2 table. */
export interface McNemarExact {
  /** Pairs where only the first succeeded. */
  readonly onlyFirst: number;
  /** Pairs where only the second succeeded. */
  readonly onlySecond: number;
  /** Two-sided. */
  readonly p: number;
}

/**
 * Exact McNemar test: the two-sided binomial test of the discordant pairs against ½. Without discordant pairs p is 1.
 *
 * Agrees with `scipy.stats.binomtest(onlyFirst, onlyFirst + onlySecond).pvalue` and
 * `statsmodels.stats.contingency_tables.mcnemar(table, exact=True)`.
 *
 * @example mcnemarExact(9, 1).p // 0.021484375
 * @throws InputError unless both are whole numbers ≥ 0.
 */
export function mcnemarExact(onlyFirst: number, onlySecond: number): McNemarExact {
  requireCounts("mcnemarExact", [onlyFirst, onlySecond]);
  // Half of the distribution and more: twice of it is 1 whatever the rounding.
  if (Math.abs(onlyFirst - onlySecond) <= 1) return { onlyFirst, onlySecond, p: 1 };
  const tail = binomial(Math.min(onlyFirst, onlySecond), onlyFirst + onlySecond, 0.5).lower;
  return { onlyFirst, onlySecond, p: Math.min(1, 2 * tail) };
}
