import { InputError } from "../../error.js";
import { continuedFraction } from "./continuedFraction.js";
import { stirlingError } from "./logGamma.js";
import type { Tails } from "./tails.js";

/**
 * The regularised incomplete gamma functions P(a, x) (`lower`) and Q(a, x) (`upper`): the power series DLMF 8.7.1 below
 * a + 1, the continued fraction DLMF 8.9.2 above. Agrees with `scipy.special.gammainc` and `gammaincc`.
 *
 * @throws InputError unless a > 0 and x ≥ 0.
 */
export function incompleteGamma(a: number, x: number): Tails {
  if (!(a > 0 && a < Infinity && x >= 0)) {
    throw new InputError(`incompleteGamma requires a > 0 and x ≥ 0, not a = ${a}, x = ${x}`);
  }
  if (x === 0) return { lower: 0, upper: 1 };
  if (x === Infinity) return { lower: 1, upper: 0 };
  // x^a e^−x / Γ(a)
  const front = Math.exp(a * Math.log(x / a) + (a - x) + 0.5 * Math.log(a / (2 * Math.PI)) - stirlingError(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let n = 1; term > sum * 1e-17; n++) {
      term *= x / (a + n);
      sum += term;
    }
    const lower = Math.min(1, front * sum);
    return { lower, upper: 1 - lower };
  }
  const fraction = continuedFraction((i) => (i === 1 ? [1, x + 1 - a] : [-(i - 1) * (i - 1 - a), x + 2 * i - 1 - a]));
  const upper = front * fraction;
  return { lower: 1 - upper, upper };
}
