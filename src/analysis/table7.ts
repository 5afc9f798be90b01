import { groupRows } from "../metric/groupRows.js";
import { countReasons } from "../metric/rate.js";
import { questionsOf } from "../record/schema/question.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import {
  type Cell,
  type Column,
  missingCell,
  type Row,
  textCell,
  type TypedTable,
  typedTable,
  type Where,
} from "../table/typedTable.js";
import { labelTitle } from "./demonstration.js";
import { type LabelledRow, labelledRows, labelNotes, whyNoLabels } from "./labelNotes.js";
import { looseLabelNotes } from "./looseLabelNotes.js";
import { answerName, methodName, promptName } from "./names.js";
import { exclusionNotes } from "./policyNotes.js";
import { shareInterval } from "./shareInterval.js";
import { stubColumns } from "./stubColumns.js";
import { studyView } from "./studyView.js";

const question = "failure";

/** What the code lost on its way to silence: the categories that Finding 8 of the paper adds up. */
export const givenUp: readonly string[] = ["removedCode", "junkCode", "notFollowingInstruction"];

/**
 * Table 7: how code that was insecure and worked came to be secure and broken, in percent of the samples of each model and method that
 * annotators have put into a category, with hits, n and 95 % Wilson interval. A majority's answer counts, an adjudicator's before it;
 * unresolved samples are left out and counted. The last line pools them all.
 *
 * @throws InputError for no rows.
 */
export function table7(rows: readonly ResultRow[]): TypedTable {
  const view = studyView(rows);
  const categories = questionsOf(view.study)[question]?.answers.map(({ value }) => value) ?? [];
  const labelled = labelledRows(rows, question);
  const groups = groupRows(
    labelled.map(({ row }) => row),
    ["dataset", "model", "prompt", "method"],
  );
  const line = (members: readonly LabelledRow[], names: Row, where: Where) =>
    lineOf(members, { categories, names, where: { ...where, question } });
  const lines = groups.map((group) => {
    const { dataset, model, prompt, method } = group[0] as ResultRow;
    const own = new Set(group);
    const where = { dataset, model, prompt, method };
    const texts = { dataset, model, prompt: promptName(prompt), method: methodName(method) };
    return line(
      labelled.filter(({ row }) => own.has(row)),
      namesOf(texts, where),
      where,
    );
  });
  const all = line(labelled, namesOf({ dataset: "All", model: "", prompt: "", method: "" }, {}), {});
  const columns: Column[] = [
    ...stubColumns(view),
    { key: "n", label: "n", kind: "count" },
    ...categories.map((key): Column => ({ key, label: headingOf(key), kind: "percent" })),
    { key: "givenUp", label: "Removed, junk or not following", kind: "percent" },
  ];
  return typedTable({
    id: "table7",
    title: labelTitle("How insecure code that worked became secure code that does not", rows, question),
    columns,
    rows: lines.length === 1 ? lines : [...lines, all],
    notes: [
      "Percent of the labelled samples that have a category, with hits/n and 95 % Wilson interval.",
      ...labelNotes(labelled, question),
      ...looseLabelNotes(rows, question),
      ...exclusionNotes([all["n"]?.excluded ?? []]),
    ],
  });
}

function headingOf(category: string): string {
  const words = answerName(category);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function namesOf(texts: Readonly<Record<string, string>>, where: Where): Row {
  return Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, textCell(text, where)]));
}

function lineOf(
  members: readonly LabelledRow[],
  { categories, names, where }: { readonly categories: readonly string[]; readonly names: Row; readonly where: Where },
): Row {
  const values = members.flatMap(({ label }) => (label.status === "resolved" ? label.value : []));
  const total = values.length;
  const excluded = countReasons(
    members.flatMap(({ label }) => (label.status === "unresolved" ? "label unresolved" : [])),
  );
  const missing =
    members.length === 0 ? whyNoLabels(question) : "every label is unresolved: run `safelab label adjudicate RUN`";
  const cell = (wanted: readonly string[], at: Where): Cell => {
    if (total === 0) return missingCell(missing, at);
    const hits = values.filter((value) => wanted.includes(value)).length;
    return { value: hits / total, hits, total, excluded, interval: shareInterval(hits, total), where: at };
  };
  return {
    ...names,
    n: total === 0 ? missingCell(missing, where) : { value: total, excluded, where },
    ...Object.fromEntries(categories.map((label) => [label, cell([label], { ...where, label })])),
    givenUp: cell(givenUp, where),
  };
}
