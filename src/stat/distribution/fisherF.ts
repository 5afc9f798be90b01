import { InputError } from "../../error.js";
import { incompleteBeta } from "./incompleteBeta.js";
import type { Tails } from "./tails.js";

/**
 * The F distribution with df1 and df2 degrees of freedom at f ≥ 0. Agrees with `scipy.stats.f.cdf` and `sf`.
 *
 * @throws InputError unless f ≥ 0 and both degrees of freedom are positive.
 */
export function fisherF(f: number, df1: number, df2: number): Tails {
  if (!(f >= 0 && df1 > 0 && df2 > 0)) {
    throw new InputError(`fisherF requires f ≥ 0 and positive degrees of freedom, not f = ${f}, ${df1}, ${df2}`);
  }
  if (f === Infinity) return { lower: 1, upper: 0 };
  const whole = df2 + df1 * f;
  const { lower, upper } = incompleteBeta(df2 / 2, df1 / 2, df2 / whole, (df1 * f) / whole);
  return { lower: upper, upper: lower };
}
