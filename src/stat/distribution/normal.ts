import { InputError } from "../../error.js";
import { incompleteGamma } from "./incompleteGamma.js";
import type { Tails } from "./tails.js";

/** The complementary error function, 1 − erf(x) = Q(½, x²) for x ≥ 0 (DLMF 7.11.2). Agrees with `scipy.special.erfc`. */
export function erfc(x: number): number {
  const { lower, upper } = incompleteGamma(0.5, x * x);
  return x >= 0 ? upper : 1 + lower;
}

/** The standard normal distribution at z. Agrees with `scipy.stats.norm.cdf` and `sf`. */
export function normal(z: number): Tails {
  const { lower, upper } = incompleteGamma(0.5, (z * z) / 2);
  const near = 0.5 + lower / 2;
  return z >= 0 ? { lower: near, upper: upper / 2 } : { lower: upper / 2, upper: near };
}

/** Quantiles that were found: intervals ask for the same ones thousands of times. */
const known = new Map<number, number>();
const mostKnown = 10_000;

/**
 * The z with P(Z ≤ z) = p. Agrees with `scipy.stats.norm.ppf`.
 *
 * @throws InputError unless p is between 0 and 1; 0 and 1 give ∓∞.
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) throw new InputError(`normalQuantile requires p in 0 … 1, not ${p}`);
  if (p === 0 || p === 1) return p === 0 ? -Infinity : Infinity;
  if (p > 0.5) return -normalQuantile(1 - p);
  const found = known.get(p);
  if (found !== undefined) return found;
  const z = p === 0.5 ? 0 : lowerQuantile(p);
  if (known.size >= mostKnown) known.clear();
  known.set(p, z);
  return z;
}

/** Newton's method on the logarithm of P(Z ≤ z), which is concave: from the left of the answer it never steps beyond it. */
function lowerQuantile(p: number): number {
  // P(Z ≤ −t) ≤ ½exp(−t²/2), so this is on the left.
  let z = -Math.sqrt(-2 * Math.log(p));
  for (;;) {
    const { lower } = normal(z);
    const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
    const step = (Math.log(p / lower) * lower) / density;
    if (!(step > 1e-15 * Math.max(1, -z))) return z;
    z += step;
  }
}
