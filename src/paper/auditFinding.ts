/**
 * What the reading of a published number found.
 * `contradicts`: two statements cannot both be right. `outlier`: all but this number agree. `convention`: how a column drops digits.
 * `derived`: a number that follows from others and is not printed. `agrees`: the check was made and nothing stood out. `untold`: the copy at
 * hand does not give the number.
 */
export type AuditVerdict = "contradicts" | "outlier" | "convention" | "derived" | "agrees" | "untold";

/** One finding of the audit, in words for someone who has the publication open beside it. */
export interface AuditFinding {
  readonly check: string;
  readonly verdict: AuditVerdict;
  readonly place: string;
  /** The published numbers that it is about. */
  readonly ids: readonly string[];
  readonly says: string;
  /** Of a `derived` number: what it is and how large. */
  readonly value?: { readonly quantity: string; readonly number: number };
}
