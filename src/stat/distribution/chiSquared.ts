import { InputError } from "../../error.js";
import { incompleteGamma } from "./incompleteGamma.js";
import type { Tails } from "./tails.js";

/**
 * The χ² distribution with df degrees of freedom at x ≥ 0. Agrees with `scipy.stats.chi2.cdf` and `sf`.
 *
 * @throws InputError unless x ≥ 0 and df is positive.
 */
export function chiSquared(x: number, df: number): Tails {
  if (!(x >= 0 && df > 0)) throw new InputError(`chiSquared requires x ≥ 0 and df > 0, not x = ${x}, df = ${df}`);
  return incompleteGamma(df / 2, x / 2);
}
