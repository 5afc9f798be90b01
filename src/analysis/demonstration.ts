import type { ResultRow } from "../record/schema/resultRow.js";
import { isDemonstration } from "../record/schema/label.js";

/** What a table says of labels that only demonstrate. */
export const demonstrationNote =
  "Demonstration labels show what the tables do and are no evidence: evidence needs people who read the code and answer for themselves.";

/** What is missing where all labels only demonstrate, and which command makes it. */
export const onlyDemonstration =
  "all labels are demonstration labels, which are no evidence: have people answer, `safelab label serve RUN --annotator NAME`";

/** What the labels for a question are called, after who gave them; `manual labels` where there are none. */
export function labelName(rows: readonly ResultRow[], question: string): string {
  let [people, shown] = [false, false];
  for (const { labels } of rows) {
    for (const label of labels) {
      if (label.question !== question) continue;
      if (isDemonstration(label.annotator)) shown = true;
      else people = true;
    }
  }
  if (!shown) return "manual labels";
  return people ? "manual and demonstration labels" : "demonstration labels";
}

/** A table's title, which says so where its labels only demonstrate. */
export function labelTitle(title: string, rows: readonly ResultRow[], question: string): string {
  const name = labelName(rows, question);
  return name === "manual labels" ? title : `${title} (${name})`;
}

/** The note on demonstration labels where a question has any. */
export function demonstrationNotes(rows: readonly ResultRow[], question: string): string[] {
  return labelName(rows, question) === "manual labels" ? [] : [demonstrationNote];
}

/** The rows with the labels alone that are evidence. */
export function withoutDemonstration(rows: readonly ResultRow[]): readonly ResultRow[] {
  return rows.map((row) =>
    row.labels.some(({ annotator }) => isDemonstration(annotator))
      ? { ...row, labels: row.labels.filter(({ annotator }) => !isDemonstration(annotator)) }
      : row,
  );
}
