import { sum } from "simple-statistics";
import { InputError } from "../error.js";
import { type Agreement, beyondChance } from "./agreement.js";
import { raterShares } from "./raterShares.js";

/**
 * Gwet's AC1 of two or more annotators: observed as in `fleissKappa`, chance Σ π(1 − π)/(q − 1) over q categories (Gwet 2008,
 * section 4). With two annotators it is `gwetAC1`.
 *
 * @param counts one line an item: how many annotators gave each category; all lines have the same sum, unused categories included
 * @throws InputError without items, with fewer than two annotators or categories, or with lines of different sums.
 */
export function gwetAC1Many(counts: readonly (readonly number[])[]): Agreement {
  const { n, observed, shares } = raterShares("gwetAC1Many", counts);
  if (shares.length < 2) throw new InputError(`gwetAC1Many requires at least two categories, not ${shares.length}`);
  return beyondChance(observed, sum(shares.map((share) => share * (1 - share))) / (shares.length - 1), n);
}
