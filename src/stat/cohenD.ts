import { InputError } from "../error.js";
import { type SampleMoments, sampleMoments } from "./sampleMoments.js";

/**
 * Cohen's d with the pooled sample SD, signed: (mean of the first − mean of the second)/SD. Give the method first and the
 * baseline second, and a gain is positive.
 *
 * It is t·√(1/n₁ + 1/n₂) of the pooled t test (Cohen 1988, section 2.2).
 *
 * @example cohenD([2, 4, 6, 8], [1, 2, 3, 4]) // 1.2247449
 * @throws InputError where a sample has fewer than two values, or neither varies.
 */
export function cohenD(first: readonly number[], second: readonly number[]): number {
  return momentsD(sampleMoments("cohenD", first, 2), sampleMoments("cohenD", second, 2));
}

/** `cohenD` of two samples whose moments are known. */
export function momentsD(a: SampleMoments, b: SampleMoments): number {
  if (a.squares + b.squares === 0) throw new InputError("cohenD requires values that vary in at least one sample");
  return (a.mean - b.mean) / Math.sqrt((a.squares + b.squares) / (a.n + b.n - 2));
}
