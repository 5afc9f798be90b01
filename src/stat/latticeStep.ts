/**
 * The largest step of which all differences between values are whole multiples, so that sums of them lie on a lattice: 1 of −1, 0 and 1; a
 * twelfth of thirds and quarters. 0 where it would be below `least`, as of values that share none.
 *
 * @param ascending at least one value, each once
 */
export function latticeStep(ascending: readonly number[], least: number): number {
  const from = ascending[0] as number;
  let step = 0;
  for (const value of ascending) {
    step = commonStep(step, value - from);
    if (step > 0 && step < least) return 0;
  }
  return step;
}

/** What is smaller is the error of the arithmetic. */
const tolerance = 1e-9;

/** Euclid's greatest common divisor, of lengths. */
function commonStep(a: number, b: number): number {
  while (b > tolerance) [a, b] = [b, Math.abs(a - b * Math.round(a / b))];
  return a;
}
