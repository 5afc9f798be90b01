import { confusionScores } from "../metric/confusionMatrix.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import { matthewsCorrelation } from "../stat/matthewsCorrelation.js";
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
import { type OracleCounts, oracleCounts, oraclePairs, truths, type Voice, voicesOf } from "./oraclePairs.js";
import { exclusionNotes } from "./policyNotes.js";
import { shareInterval } from "./shareInterval.js";
import { studyView } from "./studyView.js";

const columns: readonly Column[] = [
  { key: "voice", label: "Says", kind: "text" },
  { key: "match", label: "Flag", kind: "text" },
  { key: "n", label: "Pairs", kind: "count" },
  { key: "tp", label: "TP", kind: "count", group: "Vulnerable" },
  { key: "fn", label: "FN", kind: "count", group: "Vulnerable" },
  { key: "fp", label: "FP", kind: "count", group: "Patched" },
  { key: "tn", label: "TN", kind: "count", group: "Patched" },
  { key: "precision", label: "Precision", kind: "percent" },
  { key: "recall", label: "Recall", kind: "percent" },
  { key: "falsePositiveRate", label: "FP rate", kind: "percent" },
  { key: "f1", label: "F1", kind: "number" },
  { key: "mcc", label: "MCC", kind: "difference" },
  { key: "pair", label: "Told apart", kind: "percent" },
];

/** The column values that select the samples of a voice's verdict. */
export function verdictWhere(
  { column, scanners }: Voice,
  method: string,
  byFamily: boolean,
  verdict = "insecure",
): Where {
  const [only] = scanners;
  if (!byFamily || verdict === "secure") return { method, [column]: verdict };
  return { method, labelled: "family", ...(scanners.length === 1 && only !== undefined ? { scanner: only } : {}) };
}

/** A share with its counts and its Wilson interval; missing where nothing is to be shared. */
export function shareCell(hits: number, total: number, where: Where): Cell {
  if (total === 0) return missingCell("no sample of that kind", where);
  return { value: hits / total, hits, total, interval: shareInterval(hits, total), where };
}

function scoreCell(value: number, where: Where): Cell {
  return Number.isNaN(value) ? missingCell("nothing was flagged", where) : { value, where };
}

function rowOf(voice: Voice, counts: OracleCounts, byFamily: boolean): Row {
  const { matrix, pairs, toldApart } = counts;
  const { tp, fp, tn, fn } = matrix;
  const [all, flagged] = [{}, verdictWhere(voice, truths.vulnerable, byFamily)];
  const alarmed = verdictWhere(voice, truths.patched, byFamily);
  const count = (value: number, where: Where): Cell => ({ value, where });
  return {
    voice: textCell(voice.name),
    match: textCell(byFamily ? "the label's family" : "any finding"),
    n: { value: pairs, excluded: counts.excluded, where: all },
    tp: count(tp, flagged),
    fn: count(fn, byFamily ? { method: truths.vulnerable } : verdictWhere(voice, truths.vulnerable, false, "secure")),
    fp: count(fp, alarmed),
    tn: count(tn, byFamily ? { method: truths.patched } : verdictWhere(voice, truths.patched, false, "secure")),
    precision: shareCell(tp, tp + fp, flagged),
    recall: shareCell(tp, tp + fn, flagged),
    falsePositiveRate: shareCell(fp, fp + tn, alarmed),
    f1: scoreCell(confusionScores(matrix).f1, all),
    mcc: scoreCell(matthewsCorrelation(matrix), all),
    pair: shareCell(toldApart, pairs, flagged),
  };
}

/**
 * Scanners and judges against known truth: the vulnerable version of each task is positive, the patched one negative (Table 3 on pairs that
 * anyone can check). A line by any finding, and one by findings of the labelled CWE's family only. Shares carry 95 % Wilson
 * intervals; told apart are pairs whose vulnerable version is flagged and whose patched one is not.
 *
 * @param rows those of an oracle run (`safelab oracle`)
 * @throws InputError where no task has a vulnerable and a patched version.
 */
export function tableOracle(rows: readonly ResultRow[]): TypedTable {
  const pairs = oraclePairs(rows);
  const lines = voicesOf(pairs).flatMap((voice) =>
    (voice.scanners.length === 0 ? [false] : [false, true]).map((byFamily) => ({
      voice,
      byFamily,
      counts: oracleCounts(pairs, voice, byFamily),
    })),
  );
  const most = lines.map(({ counts }) => counts.excluded).find((excluded) => excluded.length > 0);
  return typedTable({
    id: "tableOracle",
    title: "Scanners and judges against known truth",
    columns,
    rows: lines.map(({ voice, byFamily, counts }) => rowOf(voice, counts, byFamily)),
    notes: [
      `${pairs.length} tasks, each with a vulnerable and a patched version. Intervals (HTML, LaTeX, CSV): 95 % Wilson. The patched version may hold other flaws than the labelled one, so that not every FP is an error.`,
      "Told apart: the vulnerable version is flagged and the patched one is not.",
      ...exclusionNotes(most === undefined ? [] : [most]),
      ...studyView(rows).notes,
    ],
  });
}
