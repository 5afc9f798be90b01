import type { Cell } from "../../table/typedTable.js";

/**
 * What a run, or a published table, says of a finding. `undecided`: the evidence is there and does not suffice (fewer than 20 units, an
 * interval on both sides of its bound, a rule that nothing meets the condition of). `notTestable`: evidence is missing.
 */
export type FindingStatus = "reproduced" | "contradicted" | "undecided" | "notTestable";

/** Which of the study's findings; 1–3 belong to RQ1, 4–6 to RQ2, 7 and 8 to RQ3, 9 to RQ4. */
export type FindingNumber = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

/** One number behind a status. A cell that does not apply is absent. */
export interface FindingEvidence {
  /** What it is about: `Mistral-7B, SVEN on BigCodeBench`. */
  readonly of: string;
  /** What was measured: `Secure@1 (CodeQL)`. */
  readonly measure: string;
  readonly n?: number;
  /** A share or rate, 0 … 1. */
  readonly share?: Cell;
  /** A signed difference. */
  readonly difference?: Cell;
  /** After Holm's adjustment. */
  readonly p?: number;
  /** What the rule makes of it: `up`, `differs`, `losses exceed gains`. */
  readonly reading: string;
}

/** How a rule turned out. */
export interface RuleOutcome {
  readonly status: FindingStatus;
  /** The numbers that decided, in one sentence. */
  readonly because: string;
  /** Of `notTestable`: what is missing and which command makes it. */
  readonly missing?: string;
  /** What a stand-in says where the evidence itself is missing; never the status. */
  readonly proxy?: FindingStatus;
  readonly evidence: readonly FindingEvidence[];
}

/** A finding with its rule and how it turned out. */
export interface FindingOutcome extends RuleOutcome {
  readonly finding: FindingNumber;
  readonly claim: string;
  readonly rule: string;
}

/** Fewer units than this decide nothing. */
export const fewestUnits = 20;

/** The outcome of a rule whose evidence is missing; `missing` says which command makes it. */
export function notTestable(missing: string, rest: Partial<Omit<RuleOutcome, "status" | "missing">> = {}): RuleOutcome {
  return { status: "notTestable", because: "", missing, evidence: [], ...rest };
}
