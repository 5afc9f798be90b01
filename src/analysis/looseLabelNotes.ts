import { looseLabelLines } from "../record/looseLabels.js";
import type { ResultRow } from "../record/schema/resultRow.js";

/** What a table of labels says of answers to its question whose samples the run does not have: they count nowhere and are not lost. */
export function looseLabelNotes(rows: readonly ResultRow[], question: string): string[] {
  const loose = rows[0]?.facts.looseLabels ?? [];
  return looseLabelLines(loose.filter((label) => label.question === question));
}
