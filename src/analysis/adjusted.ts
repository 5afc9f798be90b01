import { benjaminiHochberg } from "../stat/benjaminiHochberg.js";
import { holm } from "../stat/holm.js";

/** How p values are adjusted for being many. */
export interface CorrectionOptions {
  /** `holm` (family-wise error) unless told; `benjaminiHochberg` bounds the share of false discoveries instead. */
  readonly correction?: "holm" | "benjaminiHochberg";
}

/** The adjustment over the lines of a table that have a p value; `undefined` in the place of the others. */
export function adjusted(
  pValues: readonly (number | undefined)[],
  { correction }: CorrectionOptions,
): (number | undefined)[] {
  const adjust = correction === "benjaminiHochberg" ? benjaminiHochberg : holm;
  const known = adjust(pValues.filter((p) => p !== undefined));
  let at = 0;
  return pValues.map((p) => (p === undefined ? undefined : known[at++]));
}

/** The adjustment's name above a column, and in a sentence. */
export function correctionName({ correction }: CorrectionOptions): { readonly short: string; readonly long: string } {
  return correction === "benjaminiHochberg"
    ? { short: "BH", long: "Benjamini and Hochberg’s adjustment (false discovery rate)" }
    : { short: "Holm", long: "Holm’s adjustment" };
}
