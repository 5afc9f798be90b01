import { InputError } from "../error.js";

/** @throws InputError where a value is no probability. */
export function requirePValues(name: string, pValues: readonly number[]): void {
  const odd = pValues.find((p) => !(p >= 0 && p <= 1));
  if (odd !== undefined) throw new InputError(`${name} requires p values in 0 … 1, not ${odd}`);
}
