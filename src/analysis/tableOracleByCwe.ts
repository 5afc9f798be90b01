import type { ResultRow } from "../record/schema/resultRow.js";
import { type Column, textCell, type TypedTable, typedTable } from "../table/typedTable.js";
import { oracleColumns, oracleLines } from "./oracleLine.js";
import { type OraclePair, oraclePairs } from "./oraclePairs.js";

/** The pairs by labelled CWE, most frequent first, then by number. */
function byLabel(pairs: readonly OraclePair[]): [cwe: string, own: OraclePair[]][] {
  const labels = new Map<string, OraclePair[]>();
  for (const pair of pairs) {
    const own = labels.get(pair.vulnerable.cwe);
    if (own === undefined) labels.set(pair.vulnerable.cwe, [pair]);
    else own.push(pair);
  }
  return [...labels].sort(
    ([a, left], [b, right]) => right.length - left.length || a.localeCompare(b, "en", { numeric: true }),
  );
}

/**
 * `tableOracle` for each labelled CWE by itself: confusion matrix, precision, recall, F1, MCC and pairs told apart of every scanner, of their
 * union and of every judge, by any finding and by findings of the label's family. Most frequent CWE first.
 *
 * @param rows those of an oracle run (`safelab oracle`)
 * @throws InputError where no task has a vulnerable and a patched version.
 */
export function tableOracleByCwe(rows: readonly ResultRow[]): TypedTable {
  return typedTable({
    id: "tableOracleByCwe",
    title: "Scanners and judges against known truth, by labelled CWE",
    columns: [
      { key: "cwe", label: "Label", kind: "text" },
      ...oracleColumns.flatMap((column): Column[] =>
        column.key === "n" ? [column, { key: "left", label: "Left out", kind: "text" }] : [column],
      ),
    ],
    rows: byLabel(oraclePairs(rows)).flatMap(([cwe, own]) =>
      oracleLines(own, { taskCwe: cwe }).map((line) => ({ cwe: textCell(cwe, { taskCwe: cwe }), ...line })),
    ),
    notes: [
      "Pairs: tasks of that label of which both versions have a verdict; the others are left out (unscannable: a version does not parse). Intervals: 95 % Wilson.",
      "A flag by family is a finding whose CWE is of the family of the task's labelled one. Told apart: the vulnerable version is flagged and the patched one is not.",
    ],
  });
}
