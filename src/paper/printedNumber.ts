import type { PublishedNumber } from "../record/schema/publishedNumber.js";

/** How digits were dropped: `rounded` to the nearest, or `cut`. */
export type Convention = "rounded" | "cut";

/** The two conventions, in the order in which they are tried. */
export const conventions: readonly Convention[] = ["rounded", "cut"];

const tolerance = 1e-9;

/** The decimals that a number shows: `"18.81%"` and `"0.23"` show two. */
export function decimalsOf(printed: string): number {
  return /\.(\d+)/.exec(printed)?.[1]?.length ?? 0;
}

/**
 * The size of the last digit that a column prints, as a fraction: 0.0001 for percentages with two decimals. It is the finest of the
 * column, since tables drop trailing zeros.
 */
export function stepOf(column: readonly PublishedNumber[]): number {
  const digits = column.map(({ printed }) => decimalsOf(printed) + (printed.includes("%") ? 2 : 0));
  return 10 ** -Math.max(0, ...digits);
}

/** The values that print as `shown`: `[lowest, highest]`, to a tolerance of 1e-9. */
export function valuesBehind(shown: number, step: number, convention: Convention): [number, number] {
  return convention === "cut"
    ? [shown - tolerance, shown + step - tolerance]
    : [shown - step / 2 - tolerance, shown + step / 2 + tolerance];
}

/** Whether a value prints as `shown`. */
export function printsAs(value: number, shown: number, step: number, convention: Convention): boolean {
  const [lowest, highest] = valuesBehind(shown, step, convention);
  return value >= lowest && value <= highest;
}
