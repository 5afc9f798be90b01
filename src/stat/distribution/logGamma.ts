import { InputError } from "../../error.js";

/** B₂ₖ/(2k(2k − 1)) for k = 1 … 8, the coefficients of Stirling's series (DLMF 5.11.1). */
const stirling = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156, -3617 / 122400];
const halfLogTwoPi = 0.5 * Math.log(2 * Math.PI);

/**
 * ln Γ(x) for x > 0, by Stirling's series after shifting x to 12 or more. Agrees with `scipy.special.gammaln`.
 *
 * @throws InputError unless x is positive and finite.
 */
export function logGamma(x: number): number {
  if (!(x > 0 && x < Infinity)) throw new InputError(`logGamma requires a positive finite x, not ${x}`);
  return (x - 0.5) * Math.log(x) - x + halfLogTwoPi + stirlingError(x);
}

/**
 * δ(x) = ln Γ(x) − [(x − ½) ln x − x + ½ ln 2π], what Stirling's formula leaves out. Densities of large counts are made
 * of it, because the large terms of ln Γ cancel in them (Loader 2000, "Fast and accurate computation of binomial probabilities").
 */
export function stirlingError(x: number): number {
  let shifted = x;
  let product = 1;
  while (shifted < 12) {
    product *= shifted;
    shifted += 1;
  }
  let series = 0;
  for (let i = stirling.length - 1; i >= 0; i--) series = (stirling[i] as number) + series / (shifted * shifted);
  series /= shifted;
  if (shifted === x) return series;
  return series + (shifted - 0.5) * Math.log(shifted) - shifted - Math.log(product) - ((x - 0.5) * Math.log(x) - x);
}
