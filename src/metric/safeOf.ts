import { InputError } from "../error.js";

/**
 * SAFE of one sample (equation 1 for k = 1): 0 where it is insecure, else (e^casePass − 1)/(e − 1).
 * The exponential rewards the last cases most: half the cases give 0.378, not 0.5.
 *
 * @param casePass share of the cases that passed, 0 … 1
 * @example safeOf(1, true) // 1
 * @throws InputError where casePass is outside 0 … 1.
 */
export function safeOf(casePass: number, secure: boolean): number {
  return secure ? functionalityOf(casePass) : 0;
}

const whole = Math.expm1(1);

/**
 * The functional part of SAFE: (e^casePass − 1)/(e − 1), 0 … 1.
 *
 * @throws InputError where casePass is outside 0 … 1.
 */
export function functionalityOf(casePass: number): number {
  if (!(casePass >= 0 && casePass <= 1)) throw new InputError(`safeOf requires casePass in 0 … 1, not ${casePass}`);
  return Math.expm1(casePass) / whole;
}
