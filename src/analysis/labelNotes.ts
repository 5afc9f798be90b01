import { type ResolvedLabel, resolveLabels } from "../metric/resolveLabels.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import { demonstrationNotes } from "./demonstration.js";

/** A labelled sample and what its labels come to. */
export interface LabelledRow {
  readonly row: ResultRow;
  readonly label: Exclude<ResolvedLabel, { status: "unlabelled" }>;
}

/** The samples that anyone has answered a question about. */
export function labelledRows(rows: readonly ResultRow[], question: string): LabelledRow[] {
  return rows
    .filter(({ labels }) => labels.length > 0 && labels.some((label) => label.question === question))
    .flatMap((row) => {
      const label = resolveLabels(row.labels, question);
      return label.status === "unlabelled" ? [] : [{ row, label }];
    });
}

/** Why a table of labels is empty, and which commands make them. */
export function whyNoLabels(question: string): string {
  return (
    `no labels for the question "${question}": draw samples with \`safelab label new RUN --question ${question}\`, ` +
    "then answer with `safelab label serve RUN --annotator NAME`"
  );
}

const decidedBy = {
  agreement: "all annotators agree",
  majority: "a majority decides",
  adjudicator: "an adjudicator decides",
  oneAnnotator: "one annotator alone decides",
} as const;

/** How the labels of a table came to be: who decided, what is still open, and whether the labels only demonstrate. */
export function labelNotes(labelled: readonly LabelledRow[], question: string): string[] {
  if (labelled.length === 0) return [];
  const rows = labelled.map(({ row }) => row);
  const count = (by: string) =>
    labelled.filter(({ label }) => (label.status === "resolved" ? label.by : label.status) === by).length;
  const parts = Object.entries(decidedBy).flatMap(([by, words]) =>
    count(by) === 0 ? [] : [`${words} on ${count(by)}`],
  );
  const open = count("unresolved");
  return [
    `${labelled.length} labelled samples: ${[...parts, ...(open === 0 ? [] : [`${open} unresolved`])].join(", ")}.`,
    ...demonstrationNotes(rows, question),
    ...(open === 0 ? [] : ["`safelab label adjudicate RUN` settles what is unresolved."]),
  ];
}
