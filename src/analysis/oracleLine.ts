import { confusionScores } from "../metric/confusionMatrix.js";
import { matthewsCorrelation } from "../stat/matthewsCorrelation.js";
import { type Cell, type Column, missingCell, type Row, textCell, type Where } from "../table/typedTable.js";
import { type OraclePair, oracleCounts, truths, type Voice, voicesOf } from "./oraclePairs.js";
import { shareInterval } from "./shareInterval.js";

/** The columns of a line that holds one voice against known truth. */
export const oracleColumns: readonly Column[] = [
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
function verdictWhere({ column, scanners }: Voice, method: string, byFamily: boolean, verdict = "insecure"): Where {
  const [only] = scanners;
  if (!byFamily || verdict === "secure") return { method, [column]: verdict };
  return { method, labelled: "family", ...(scanners.length === 1 && only !== undefined ? { scanner: only } : {}) };
}

/** A share with its counts and its Wilson interval; missing where nothing is to be shared. */
function shareCell(hits: number, total: number, missing: string, where: Where): Cell {
  if (total === 0) return missingCell(missing, where);
  return { value: hits / total, hits, total, interval: shareInterval(hits, total), where };
}

function scoreCell(value: number, missing: string, where: Where): Cell {
  return Number.isNaN(value) ? missingCell(missing, where) : { value, where };
}

function lineOf(pairs: readonly OraclePair[], voice: Voice, byFamily: boolean, only: Where): Row {
  const { matrix, pairs: counted, toldApart, excluded } = oracleCounts(pairs, voice, byFamily);
  const { tp, fp, tn, fn } = matrix;
  const select = (method: string, verdict?: "secure"): Where => ({
    ...only,
    // No column says that a finding is of another family: the version's samples, all of them, stand behind the count.
    ...(byFamily && verdict === "secure" ? { method } : verdictWhere(voice, method, byFamily, verdict)),
  });
  const [flagged, alarmed] = [select(truths.vulnerable), select(truths.patched)];
  const count = (value: number, where: Where): Cell => ({ value, where });
  return {
    voice: textCell(voice.name, only),
    match: textCell(byFamily ? "by family" : "any finding", only),
    n: { value: counted, excluded, where: only },
    tp: count(tp, flagged),
    fn: count(fn, select(truths.vulnerable, "secure")),
    fp: count(fp, alarmed),
    tn: count(tn, select(truths.patched, "secure")),
    precision: shareCell(tp, tp + fp, "nothing was flagged", flagged),
    recall: shareCell(tp, tp + fn, "no pair could be scanned", flagged),
    falsePositiveRate: shareCell(fp, fp + tn, "no pair could be scanned", alarmed),
    f1: scoreCell(confusionScores(matrix).f1, "no pair could be scanned", only),
    mcc: scoreCell(matthewsCorrelation(matrix), "nothing or everything was flagged: MCC is not defined", only),
    pair: shareCell(toldApart, counted, "no pair could be scanned", flagged),
    left: textCell(excluded.map(({ reason, count: left }) => `${left} ${reason}`).join(", "), only),
  };
}

/**
 * What every voice says of some pairs, the vulnerable versions being positive: a line by any finding, and one by findings of the labelled CWE's
 * family only (judges have the first alone). Shares carry 95 % Wilson intervals; F1 and MCC are functions of the matrix, without one.
 *
 * @param only the column values that select these pairs among the run's
 */
export function oracleLines(pairs: readonly OraclePair[], only: Where = {}): Row[] {
  return voicesOf(pairs).flatMap((voice) =>
    (voice.scanners.length === 0 ? [false] : [false, true]).map((byFamily) => lineOf(pairs, voice, byFamily, only)),
  );
}
