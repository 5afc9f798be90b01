import type { RowLabel } from "../record/schema/label.js";

/** The annotators' answers to a question about one sample, in the order of their names; adjudicators' are none of them. */
export function annotatorAnswers(labels: readonly RowLabel[], question: string): RowLabel[] {
  return labels.filter((label) => label.question === question && label.role === "annotator");
}

/** Whether two annotators gave different answers to a question about one sample. */
export function hasDisagreement(labels: readonly RowLabel[], question: string): boolean {
  return new Set(annotatorAnswers(labels, question).map(({ value }) => value)).size > 1;
}
