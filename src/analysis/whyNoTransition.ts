import type { Comparison } from "./comparisons.js";
import { evidenceOf } from "./evidence.js";

/** Why no transition can be told for a method at all, as the evidence of either side says; `undefined` where some can. */
export function whyNoTransition({ base, other }: Comparison): string | undefined {
  return [base, other]
    .map((each) => [...evidenceOf(each, ["execution", "union"]).missing.values()][0])
    .find((reason) => reason !== undefined);
}
