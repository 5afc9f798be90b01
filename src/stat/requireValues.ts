import { InputError } from "../error.js";

/** @throws InputError unless there are at least `least` values, all finite. */
export function requireValues(name: string, values: readonly number[], least: number): void {
  if (values.length < least) throw new InputError(`${name} requires at least ${least} values, not ${values.length}`);
  for (const value of values)
    if (!Number.isFinite(value)) throw new InputError(`${name} requires finite values, not ${value}`);
}

/** @throws InputError unless each count is a whole number ≥ 0. */
export function requireCounts(name: string, counts: readonly number[]): void {
  const odd = counts.find((count) => !Number.isInteger(count) || count < 0);
  if (odd !== undefined) throw new InputError(`${name} requires whole counts ≥ 0, not ${odd}`);
}
