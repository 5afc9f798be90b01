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
  const terms = pairs.map(({ base, other }) => ({ base: termsOf(base), other: termsOf(other) }));
  return {
    total: mean(terms.map(({ base, other }) => other.s * other.f - base.s * base.f)),
    security: mean(terms.map(({ base, other }) => ((other.s - base.s) * (base.f + other.f)) / 2)),
    functionality: mean(terms.map(({ base, other }) => ((other.f - base.f) * (base.s + other.s)) / 2)),
    pairs: pairs.length,
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
