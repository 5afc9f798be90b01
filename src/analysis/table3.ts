import { type ConfusionMatrix, confusionMatrix, confusionScores, type Judged } from "../metric/confusionMatrix.js";
import { countReasons, type Exclusion } from "../metric/rate.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import {
  type Cell,
  type Column,
  missingCell,
  type Row,
  textCell,
  type TypedTable,
  typedTable,
} from "../table/typedTable.js";
import { labelName } from "./demonstration.js";
import { mccCell, rateCell, youdenCell } from "./confusionCells.js";
import { type LabelledRow, labelledRows, labelNotes, whyNoLabels } from "./labelNotes.js";
import { looseLabelNotes } from "./looseLabelNotes.js";
import { securityNotes } from "./policyNotes.js";
import { type StudyView, studyView } from "./studyView.js";
import { type Tool, toolName, toolsOf, toolVerdict } from "./toolVerdict.js";

const question = "security";

const columns: readonly Column[] = [
  { key: "tool", label: "Verdicts of", kind: "text" },
  { key: "n", label: "n", kind: "count" },
  ...(["tp", "tn", "fp", "fn"] as const).map((key) => ({ key, label: key.toUpperCase(), kind: "count" as const })),
  { key: "precision", label: "Precision", kind: "percent" },
  { key: "recall", label: "Recall", kind: "percent" },
  { key: "falsePositiveRate", label: "FP/(FP+TN)", kind: "percent" },
  { key: "mcc", label: "MCC", kind: "number" },
  { key: "youdenJ", label: "Youden’s J", kind: "number" },
];

/** The cells of the confusion matrix: verdict and label. */
const places = {
  tp: ["insecure", "insecure"],
  tn: ["secure", "secure"],
  fp: ["insecure", "secure"],
  fn: ["secure", "insecure"],
} as const;

/**
 * Table 3: each scanner, their union and each judge against the labels for `security`; insecure is positive. An adjudicator's label
 * counts before a majority's. Labelled samples of all configurations are pooled; those that are unresolved, that nobody could tell, or
 * that the tool gave no verdict on are left out of its line and counted.
 *
 * @throws InputError for no rows.
 */
export function table3(rows: readonly ResultRow[]): TypedTable {
  const view = studyView(rows);
  const labelled = labelledRows(rows, question);
  const lines = toolsOf(view).map((tool) => lineOf(view, labelled, tool));
  return typedTable({
    id: "table3",
    title: `Verdicts of scanners and judges against ${labelName(rows, question)}`,
    columns,
    rows: lines,
    notes: [
      `Positive: labelled insecure. Precision TP/(TP+FP), recall TP/(TP+FN), each with 95 % Wilson interval; Youden’s J is recall − FP/(FP+TN), with Newcombe’s; MCC with a BCa bootstrap interval over the samples (2,000 resamples, seed ${view.study.seed}).`,
      ...labelNotes(labelled, question),
      ...looseLabelNotes(rows, question),
      ...securityNotes(view),
      ...leftOutNotes(lines),
      ...(view.study.provenance === undefined ? [] : [`Verdicts: ${view.study.provenance}.`]),
    ],
  });
}

/** Left out of every line for the sake of the label, and of single lines for want of a verdict. */
function leftOutNotes(lines: readonly Row[]): string[] {
  const words = (excluded: readonly Exclusion[]) =>
    excluded.map(({ reason, count }) => `${count} ${reason}`).join(", ");
  const isLabel = ({ reason }: Exclusion) => reason.startsWith("label");
  const shared = lines[0]?.["n"]?.excluded?.filter(isLabel) ?? [];
  const own = lines.flatMap(({ tool, n }) => {
    const rest = n?.excluded?.filter((each) => !isLabel(each)) ?? [];
    return rest.length === 0 ? [] : `${String(tool?.value)} ${words(rest)}`;
  });
  const parts = [...(shared.length === 0 ? [] : [words(shared)]), ...own];
  return parts.length === 0 ? [] : [`Left out: ${parts.join("; ")}.`];
}

function lineOf(view: StudyView, labelled: readonly LabelledRow[], tool: Tool): Row {
  const where = { question, tool };
  const { judged, excluded } = judgedBy(labelled, tool);
  const name = { tool: textCell(toolName(tool), where) };
  const missing = labelled.length === 0 ? whyNoLabels(question) : whyNotJudged(excluded);
  if (judged.length === 0) {
    return { ...name, ...Object.fromEntries(columns.slice(1).map(({ key }) => [key, missingCell(missing, where)])) };
  }
  const matrix = confusionMatrix(judged);
  const scores = confusionScores(matrix);
  const counts = Object.entries(places).map(([key, [verdict, label]]) => [
    key,
    { value: matrix[key as keyof ConfusionMatrix], where: { ...where, verdict, label } },
  ]);
  const flags = "no labelled sample is flagged";
  return {
    ...name,
    n: { value: judged.length, excluded, where },
    ...(Object.fromEntries(counts) as Record<string, Cell>),
    precision: rateCell(scores.precision, { ...where, verdict: "insecure" }, flags),
    recall: rateCell(scores.recall, { ...where, label: "insecure" }, "no sample is labelled insecure"),
    falsePositiveRate: rateCell(
      scores.falsePositiveRate,
      { ...where, label: "secure" },
      "no sample is labelled secure",
    ),
    mcc: mccCell(matrix, view.study.seed, where),
    youdenJ: youdenCell(matrix, where),
  };
}

/** The samples with a label and a verdict, and why the others are left out. */
function judgedBy(labelled: readonly LabelledRow[], tool: Tool): { judged: Judged[]; excluded: Exclusion[] } {
  const judged: Judged[] = [];
  const reasons: string[] = [];
  for (const { row, label } of labelled) {
    const said = toolVerdict(row, tool);
    if (label.status === "unresolved") reasons.push("label unresolved");
    else if (label.value === "cannotTell") reasons.push("label: cannot tell");
    else if (label.value !== "insecure" && label.value !== "secure") reasons.push(`label: ${label.value}`);
    else if (said.verdict === undefined) reasons.push(said.reason);
    else judged.push({ predicted: said.verdict === "insecure", actual: label.value === "insecure" });
  }
  return { judged, excluded: countReasons(reasons) };
}

function whyNotJudged(excluded: readonly Exclusion[]): string {
  return `no sample has both a label and a verdict (${excluded.map(({ reason, count }) => `${count} ${reason}`).join(", ")})`;
}
