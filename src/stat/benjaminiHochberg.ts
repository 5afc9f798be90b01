import { requirePValues } from "./requirePValues.js";

/**
 * Benjamini and Hochberg's step-up adjustment for the false discovery rate (1995), in the order of the input.
 *
 * Agrees with R's `p.adjust(p, "BH")` and `scipy.stats.false_discovery_control(p)`. The family is the input.
 *
 * @example benjaminiHochberg([0.01, 0.04, 0.03]) // [0.03, 0.04, 0.04]
 * @throws InputError where a value is no probability.
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  requirePValues("benjaminiHochberg", pValues);
  const adjusted = new Array<number>(pValues.length);
  let lowest = 1;
  const descending = pValues.map((p, index) => ({ p, index })).sort((a, b) => b.p - a.p);
  for (const [passed, { p, index }] of descending.entries()) {
    lowest = Math.min(lowest, p * (pValues.length / (pValues.length - passed)));
    adjusted[index] = lowest;
  }
  return adjusted;
}
