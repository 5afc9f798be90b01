import type { BuiltCases } from "../record/schema/taskFacts.js";
import type { CaseRecord } from "./caseRecord.js";
import { caseStates } from "./caseStates.js";

/** Counts of generated cases, and of what did not become one. */
export interface CaseCounts extends BuiltCases {
  /** Answers of the model that became no case. */
  readonly dropped: number;
  /** Those of the kept ones about which nobody has decided yet. */
  readonly open: number;
}

/** The cases of each task as they stand after the review, and their counts. */
export interface ReviewedCases {
  /** Text of each kept case, by task, in the order in which they were generated. */
  readonly kept: ReadonlyMap<string, readonly string[]>;
  readonly counts: CaseCounts;
}

/**
 * What is left of generated cases after their review: all that were not struck.
 *
 * @throws InputError as `caseStates` does.
 */
export function reviewedCases(records: readonly CaseRecord[]): ReviewedCases {
  const states = caseStates(records);
  const left = states.filter(({ state }) => state !== "struck");
  const kept = new Map<string, string[]>();
  for (const { task, text } of left) kept.set(task, [...(kept.get(task) ?? []), text]);
  return {
    kept,
    counts: {
      generated: states.length,
      struck: states.length - left.length,
      edited: left.filter(({ isEdited }) => isEdited).length,
      kept: left.length,
      dropped: records.filter(({ event }) => event === "dropped").length,
      open: left.filter(({ state }) => state === "open").length,
    },
  };
}
