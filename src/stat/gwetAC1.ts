import { InputError } from "../error.js";
import { sum } from "simple-statistics";
import { type Agreement, beyondChance, labelShares } from "./agreement.js";

/**
 * Gwet's AC1 of two annotators on the same items: chance is Σ π(1 − π)/(q − 1) over q categories, π the mean share of the
 * two (Gwet 2008, "Computing inter-rater reliability and its variance in the presence of high agreement").
 *
 * Unlike kappa it stays near the observed agreement where one label dominates.
 *
 * @param categories the labels that could have been given; at least two, whether used or not
 * @throws InputError without items, where the lists differ in length, with fewer than two categories, or for a label outside them.
 */
export function gwetAC1(first: readonly string[], second: readonly string[], categories: readonly string[]): Agreement {
  const { n, observed, shares } = labelShares("gwetAC1", first, second);
  const known = new Set(categories);
  if (known.size < 2) throw new InputError(`gwetAC1 requires at least two categories, not ${known.size}`);
  const stray = [...first, ...second].find((label) => !known.has(label));
  if (stray !== undefined) {
    throw new InputError(`gwetAC1 requires labels among ${categories.join(", ")}, not "${stray}"`);
  }
  const spread = sum(shares.map(([a, b]) => ((a + b) / 2) * (1 - (a + b) / 2)));
  return beyondChance(observed, spread / (known.size - 1), n);
}
