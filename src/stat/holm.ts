import { requirePValues } from "./requirePValues.js";

/**
 * Holm's step-down adjustment for the family-wise error (Holm 1979), in the order of the input.
 *
 * Agrees with R's `p.adjust(p, "holm")` and `statsmodels.stats.multitest.multipletests(p, method="holm")`. The family is the input: give
 * every test that was made. An empty family gives an empty answer.
 *
 * @example holm([0.01, 0.04, 0.03]) // [0.03, 0.06, 0.06]
 * @throws InputError where a value is no probability.
 */
export function holm(pValues: readonly number[]): number[] {
  requirePValues("holm", pValues);
  const adjusted = new Array<number>(pValues.length);
  let highest = 0;
  const ascending = pValues.map((p, index) => ({ p, index })).sort((a, b) => a.p - b.p);
  for (const [rank, { p, index }] of ascending.entries()) {
    highest = Math.max(highest, Math.min(1, p * (pValues.length - rank)));
    adjusted[index] = highest;
  }
  return adjusted;
}
