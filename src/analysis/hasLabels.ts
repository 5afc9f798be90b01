import { resolveLabels } from "../metric/resolveLabels.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import type { Where } from "../table/typedTable.js";
import { type Tool, toolVerdict } from "./toolVerdict.js";

/** Keys of a `where` that select by labels, beside those of single annotators. */
export const labelKeys = ["question", "label", "majority", "tool", "verdict"] as const;

/** What stands for any answer at all. */
export const anyAnswer = "*";

/** What stands where the answers come to nothing. */
const open = "unresolved";

/** The key that selects by one annotator's answer. */
export function annotatorKey(annotator: string): string {
  return `label_${annotator}`;
}

/** Whether a key of a `where` is one of those. */
export function isAnnotatorKey(key: string): boolean {
  return key.startsWith("label_");
}

/**
 * Whether the labels of a sample for the `question` are as asked. `label` is what they come to (`unresolved` where nothing does),
 * `majority` the same without an adjudicator, `label_NAME` one annotator's answer; `*` is any
 * answer. `verdict` is what the `tool` says.
 */
export function hasLabels(row: ResultRow, where: Where): boolean {
  const { question, label, majority, tool, verdict } = where;
  if (question === undefined) return true;
  const own = row.labels.filter((each) => each.question === question);
  const fits = (asked: string | number | undefined, answer: string | undefined) =>
    asked === undefined || (answer !== undefined && (asked === answer || (asked === anyAnswer && answer !== open)));
  const annotating = own.filter(({ role }) => role === "annotator");
  return (
    own.length > 0 &&
    fits(label, outcome(own, String(question))) &&
    fits(majority, outcome(annotating, String(question))) &&
    Object.keys(where)
      .filter(isAnnotatorKey)
      .every((key) => fits(where[key], own.find(({ annotator }) => annotatorKey(annotator) === key)?.value)) &&
    (verdict === undefined || toolVerdict(row, tool as Tool).verdict === verdict)
  );
}

function outcome(labels: ResultRow["labels"], question: string): string {
  const resolved = resolveLabels(labels, question);
  return resolved.status === "resolved" ? resolved.value : open;
}
