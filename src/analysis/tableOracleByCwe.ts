import type { ResultRow } from "../record/schema/resultRow.js";
import { type Column, type Row, textCell, type TypedTable, typedTable } from "../table/typedTable.js";
import { type OraclePair, oracleCounts, oraclePairs, truths, type Voice, voicesOf } from "./oraclePairs.js";
import { shareCell, verdictWhere } from "./tableOracle.js";

const keyOf = (voice: Voice, what: string) => `${voice.column}_${what}`;

function columnsOf(voices: readonly Voice[]): Column[] {
  return voices.flatMap((voice) =>
    [
      ["recall", "Recall"],
      ["family", "by family"],
      ["alarm", "FP rate"],
      ["familyAlarm", "by family"],
    ].flatMap(([what = "", label = ""]): Column[] =>
      what.startsWith("family") && voice.scanners.length === 0
        ? []
        : [{ key: keyOf(voice, what), label, kind: "percent", group: voice.name }],
    ),
  );
}

function cellsOf(pairs: readonly OraclePair[], voice: Voice, cwe: string): Row {
  const any = oracleCounts(pairs, voice, false).matrix;
  const family = oracleCounts(pairs, voice, true).matrix;
  const where = (method: string, byFamily: boolean) => ({ ...verdictWhere(voice, method, byFamily), taskCwe: cwe });
  return {
    [keyOf(voice, "recall")]: shareCell(any.tp, any.tp + any.fn, where(truths.vulnerable, false)),
    [keyOf(voice, "family")]: shareCell(family.tp, family.tp + family.fn, where(truths.vulnerable, true)),
    [keyOf(voice, "alarm")]: shareCell(any.fp, any.fp + any.tn, where(truths.patched, false)),
    [keyOf(voice, "familyAlarm")]: shareCell(family.fp, family.fp + family.tn, where(truths.patched, true)),
  };
}

/**
 * The confusion matrices of `tableOracle` by the labelled CWE: of the vulnerable versions how many are flagged (TP of TP + FN), by any finding and by
 * the CWE's family, and of the patched ones how many still are (FP of FP + TN). Most frequent CWE first.
 *
 * @param rows those of an oracle run (`safelab oracle`)
 * @throws InputError where no task has a vulnerable and a patched version.
 */
export function tableOracleByCwe(rows: readonly ResultRow[]): TypedTable {
  const pairs = oraclePairs(rows);
  const voices = voicesOf(pairs);
  const byCwe = new Map<string, OraclePair[]>();
  for (const pair of pairs) {
    const own = byCwe.get(pair.vulnerable.cwe);
    if (own === undefined) byCwe.set(pair.vulnerable.cwe, [pair]);
    else own.push(pair);
  }
  const ordered = [...byCwe].sort(
    ([a, left], [b, right]) => right.length - left.length || a.localeCompare(b, "en", { numeric: true }),
  );
  return typedTable({
    id: "tableOracleByCwe",
    title: "Scanners and judges against known truth, by labelled CWE",
    columns: [
      { key: "cwe", label: "Label", kind: "text" },
      { key: "n", label: "Pairs", kind: "count" },
      ...columnsOf(voices),
    ],
    rows: ordered.map(([cwe, own]) => ({
      cwe: textCell(cwe, { taskCwe: cwe }),
      n: { value: own.length, where: { taskCwe: cwe } },
      ...Object.fromEntries(voices.flatMap((voice) => Object.entries(cellsOf(own, voice, cwe)))),
    })),
    notes: [
      "Percent of the pairs that could be scanned, with 95 % Wilson intervals. Recall: any finding on the vulnerable version; by family: a finding of the label's CWE family; FP rate: the same on the patched version.",
    ],
  });
}
