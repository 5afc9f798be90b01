import { InputError } from "../error.js";

/**
 * The functional part of SAFE with another steepness a: (e^(a·casePass) − 1)/(e^a − 1), 0 … 1. Equation 1 has a = 1 (`functionalityOf`);
 * 0 is the plain share of the cases; the larger a, the less an almost working sample is worth.
 *
 * @param casePass share of the cases that passed, 0 … 1
 * @param steepness 0 … 50
 * @example steepFunctionality(0.5, 0) // 0.5
 * @throws InputError where a value is outside its range.
 */
export function steepFunctionality(casePass: number, steepness: number): number {
  if (!(casePass >= 0 && casePass <= 1)) {
    throw new InputError(`steepFunctionality requires casePass in 0 … 1, not ${casePass}`);
  }
  if (!(steepness >= 0 && steepness <= 50)) {
    throw new InputError(`steepFunctionality requires a steepness in 0 … 50, not ${steepness}`);
  }
  return steepness === 0 ? casePass : Math.expm1(steepness * casePass) / Math.expm1(steepness);
}
