import type { CaseState } from "../task/caseStates.js";
import type { CaseCounts } from "../task/reviewedCases.js";

/** Counts of generated cases in words. */
export function countsText({ generated, dropped, struck, edited, kept, open }: CaseCounts): string {
  return `${generated} generated, ${dropped} dropped, ${struck} struck, ${edited} edited, ${kept} kept (${open} of them open)`;
}

/** One generated case on a line: its name, how it stands, its inputs, and the last decision about it. */
export function caseLine({ case: name, state, text, decided }: CaseState): string {
  const account = decided === undefined ? "" : `  [${decided.who}: ${decided.why}]`;
  return `  ${name.padEnd(5)} ${state.padEnd(9)} ${text}${account}`;
}
