import { sum } from "simple-statistics";
import { type Agreement, beyondChance } from "./agreement.js";
import { raterShares } from "./raterShares.js";

/**
 * Fleiss' kappa of three or more annotators: observed is the mean share of agreeing pairs an item, chance is Σ p² over the
 * categories' shares of all labels (Fleiss 1971, "Measuring nominal scale agreement among many raters"). With two annotators it is
 * Scott's pi, not Cohen's kappa.
 *
 * Agrees with `statsmodels.stats.inter_rater.fleiss_kappa(counts)`. NaN where only one label was ever given.
 *
 * @param counts one line an item: how many annotators gave each category; all lines have the same sum
 * @example fleissKappa([[3, 0], [0, 3], [2, 1]]).value // 0.55
 * @throws InputError without items, with fewer than two annotators, or with lines of different sums.
 */
export function fleissKappa(counts: readonly (readonly number[])[]): Agreement {
  const { n, observed, shares } = raterShares("fleissKappa", counts);
  return beyondChance(observed, sum(shares.map((share) => share ** 2)), n);
}
