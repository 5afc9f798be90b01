import { InputError } from "../../error.js";
import { incompleteBeta } from "./incompleteBeta.js";
import { invertIncreasing } from "./invertIncreasing.js";
import type { Tails } from "./tails.js";

/**
 * Student's t distribution with df degrees of freedom (not only whole ones) at t. Agrees with `scipy.stats.t.cdf` and `sf`.
 *
 * @throws InputError unless df is positive.
 */
export function studentT(t: number, df: number): Tails {
  const far = studentTTwoSided(t, df) / 2;
  return t >= 0 ? { lower: 1 - far, upper: far } : { lower: far, upper: 1 - far };
}

/** P(|T| ≥ |t|), the two-sided p value: I(df/2, ½) at df/(df + t²). */
export function studentTTwoSided(t: number, df: number): number {
  if (!(df > 0 && df < Infinity)) throw new InputError(`studentT requires positive degrees of freedom, not ${df}`);
  if (!Number.isFinite(t)) return Number.isNaN(t) ? Number.NaN : 0;
  const ratio = df / (t * t);
  if (ratio === Infinity) return 1;
  return incompleteBeta(df / 2, 0.5, ratio / (1 + ratio), 1 / (1 + ratio)).lower;
}

/** The last quantile that was found: the tests of a table ask for the same one again and again. */
let last = { p: 0.5, df: 1, t: 0 };

/**
 * The t with P(T ≤ t) = p. Agrees with `scipy.stats.t.ppf`.
 *
 * @throws InputError unless p lies between 0 and 1, both left out, and df is positive.
 */
export function studentTQuantile(p: number, df: number): number {
  if (!(p > 0 && p < 1)) throw new InputError(`studentTQuantile requires p between 0 and 1, not ${p}`);
  if (p > 0.5) return -studentTQuantile(1 - p, df);
  if (last.p !== p || last.df !== df) last = { p, df, t: lowerQuantile(p, df) };
  return last.t;
}

function lowerQuantile(p: number, df: number): number {
  let bound = -1;
  while (studentT(bound, df).lower > p) bound *= 2;
  return invertIncreasing((t) => studentT(t, df).lower, p, bound, 0);
}
