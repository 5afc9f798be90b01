import type { ResultRow } from "../../record/schema/resultRow.js";
import { type Row, textCell, type TypedTable, typedTable } from "../../table/typedTable.js";
import { annotatorVotes } from "../annotatorVotes.js";
import { labelName } from "../demonstration.js";
import { labelledRows, whyNoLabels } from "../labelNotes.js";
import { type StudyView, studyView } from "../studyView.js";
import { table2 } from "../table2.js";
import { tableAgreement } from "../tableAgreement.js";
import { tableLeaveOneOut } from "../tableLeaveOneOut.js";
import { formatCell, formatInterval } from "../../table/formatCell.js";
import { cellOf } from "../../table/cellOf.js";
import type { Column } from "../../table/typedTable.js";

/**
 * What a run's own numbers say against its conclusions: how far the union hangs on one scanner, how many tasks and test cases stand behind
 * function, and who labelled, how far they agree and how much an adjudicator decided.
 *
 * @throws InputError for no rows.
 */
export function tableThreats(rows: readonly ResultRow[]): TypedTable {
  const view = studyView(rows);
  const lines = [...unionLines(rows), ...datasetLines(rows), ...labelLines(rows, view)];
  return typedTable({
    id: "tableThreats",
    title: "Threats to validity, counted",
    columns: [
      { key: "threat", label: "Threat", kind: "text" },
      { key: "of", label: "Of", kind: "text" },
      { key: "says", label: "In this run", kind: "text" },
    ],
    rows: lines.map(([threat, of, says]): Row => ({
      threat: textCell(threat),
      of: textCell(of),
      says: textCell(says),
    })),
    notes: view.notes,
  });
}

type Line = readonly [threat: string, of: string, says: string];

/** How far Secure@1 moves without each part of the union: the least and the largest rise over the configurations. */
function unionLines(rows: readonly ResultRow[]): Line[] {
  const { columns, rows: lines, notes } = tableLeaveOneOut(rows);
  const parts = columns.filter(({ key }) => key.startsWith("without_"));
  const threat = "The union hangs on one scanner";
  if (parts.length === 0) return [[threat, "union", notes[0] ?? ""]];
  return parts.map(({ key, label }): Line => {
    const rises = lines.flatMap((line) => {
      const [whole, without] = [line["union"]?.value, line[key]?.value];
      return typeof whole === "number" && typeof without === "number" ? [without - whole] : [];
    });
    if (rises.length === 0) return [threat, label, lines[0]?.[key]?.missing ?? "no verdicts"];
    const [least, most] = [Math.min(...rises), Math.max(...rises)].map((rise) => rise.toFixed(3));
    const ranked = lines.filter((line) => line[`rank_${key}`]?.value !== line["rank_union"]?.value).length;
    return [
      threat,
      label,
      `Secure@1 rises by ${least === most ? least : `${least} to ${most}`}; ${ranked} of ${lines.length} configurations change rank among their model’s methods`,
    ];
  });
}

function datasetLines(rows: readonly ResultRow[]): Line[] {
  return table2(rows).rows.map(({ dataset, tasks, cases, meanCases }): Line => {
    const mean = typeof meanCases?.value === "number" ? meanCases.value.toFixed(2) : undefined;
    const tested = mean === undefined ? (cases?.missing ?? "") : `${String(cases?.value)} test cases, ${mean} a task`;
    return ["Few tests say ‘functional’", String(dataset?.value), `${String(tasks?.value)} tasks; ${tested}`];
  });
}

function labelLines(rows: readonly ResultRow[], view: StudyView): Line[] {
  return ["security", "failure"].flatMap((question): Line[] => {
    const labelled = labelledRows(rows, question);
    const threat = "Labels are a measurement";
    if (labelled.length === 0) return [[threat, question, whyNoLabels(question)]];
    const { annotators } = annotatorVotes(rows, question);
    const adjudicated = labelled.filter(
      ({ label }) => label.status === "resolved" && label.by === "adjudicator",
    ).length;
    const open = labelled.filter(({ label }) => label.status === "unresolved").length;
    const agreement = tableAgreement(rows, { question });
    const words = agreement.rows.slice(0, pairs(annotators.length)).map((row) => {
      const show = (key: string) => {
        const column = agreement.columns.find((each) => each.key === key) as Column;
        const cell = cellOf(row, column);
        return cell.value === null
          ? (cell.missing ?? "")
          : `${formatCell(cell, column.kind)} ${formatInterval(cell, column.kind)}`.trim();
      };
      return `${String(row["who"]?.value)}: agreement ${show("observed")} %, kappa ${show("kappa")}, AC1 ${show("ac1")}`;
    });
    const share = `${adjudicated} of ${labelled.length} decided by an adjudicator, ${open} unresolved`;
    return [
      [
        threat,
        question,
        `${annotators.length} ${annotators.length === 1 ? "annotator" : "annotators"}, ${labelName(rows, question)} (seed ${view.study.seed}); ${[...words, share].join("; ")}`,
      ],
    ];
  });
}

function pairs(annotators: number): number {
  return Math.max(1, (annotators * (annotators - 1)) / 2);
}
