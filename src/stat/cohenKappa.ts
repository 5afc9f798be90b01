import { sum } from "simple-statistics";
import { type Agreement, beyondChance, labelShares } from "./agreement.js";

/**
 * Cohen's kappa, unweighted, of two annotators on the same items: chance is the product of their own shares (Cohen 1960).
 *
 * Agrees with `sklearn.metrics.cohen_kappa_score` and `statsmodels.stats.inter_rater.cohens_kappa`. NaN where both give one and the
 * same label throughout. Where one label dominates it can be low in spite of high agreement: see `gwetAC1`.
 *
 * @example cohenKappa(["y", "y", "n", "n"], ["y", "n", "n", "n"]).value // 0.5
 * @throws InputError without items, or where the lists differ in length.
 */
export function cohenKappa(first: readonly string[], second: readonly string[]): Agreement {
  const { n, observed, shares } = labelShares("cohenKappa", first, second);
  return beyondChance(observed, sum(shares.map(([a, b]) => a * b)), n);
}
