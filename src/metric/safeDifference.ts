import { mean } from "simple-statistics";
import { InputError } from "../error.js";
import type { MetricRow } from "./metricRow.js";
import type { RowPair } from "./pairRows.js";
import { functionalityOf } from "./safeOf.js";

/** The difference of SAFE@1 between two methods, and what it is made of. `security` + `functionality` = `total`. */
export interface SafeDifference {
  readonly total: number;
  readonly security: number;
  readonly functionality: number;
  readonly pairs: number;
}

/**
 * Splits the mean difference of SAFE (other − base) into a security and a functionality part.
 *
 * SAFE is the product s·f of security (0 or 1) and the functional term; of each pair the change of one factor is weighed with
 * the mean of the other: s′f′ − sf = (s′ − s)(f + f′)/2 + (f′ − f)(s + s′)/2. It is the Shapley value of two factors, so
 * neither comes first.
 *
 * @param pairs pairs of which execution and union verdict are known, e.g. the cells of `transitions(...).matrix`
 * @throws InputError without pairs.
 */
export function safeDifference(pairs: readonly RowPair[]): SafeDifference {
  if (pairs.length === 0) throw new InputError("safeDifference requires at least one pair");
  const parts = pairs.map(safeParts);
  return {
    total: mean(parts.map(({ total }) => total)),
    security: mean(parts.map(({ security }) => security)),
    functionality: mean(parts.map(({ functionality }) => functionality)),
    pairs: pairs.length,
  };
}

/** The difference of SAFE of a single pair and its parts. @throws InputError where a verdict is not known. */
export function safeParts({ base, other }: RowPair): Omit<SafeDifference, "pairs"> {
  const [before, after] = [termsOf(base), termsOf(other)];
  return {
    total: after.s * after.f - before.s * before.f,
    security: ((after.s - before.s) * (before.f + after.f)) / 2,
    functionality: ((after.f - before.f) * (before.s + after.s)) / 2,
  };
}

function termsOf(row: MetricRow): { s: number; f: number } {
  if (row.casePass === null || (row.secure !== "secure" && row.secure !== "insecure")) {
    throw new InputError(
      `safeDifference requires known verdicts; sample ${row.task}#${row.index} of ${row.method} has none`,
    );
  }
  return { s: row.secure === "secure" ? 1 : 0, f: functionalityOf(row.casePass) };
}
