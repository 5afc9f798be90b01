import type { ResultRow } from "../record/schema/resultRow.js";
import { type TypedTable, typedTable } from "../table/typedTable.js";
import { oracleColumns, oracleLines } from "./oracleLine.js";
import { oraclePairs } from "./oraclePairs.js";
import { exclusionNotes } from "./policyNotes.js";
import { studyView } from "./studyView.js";

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
  const lines = oracleLines(pairs);
  const most = lines.map(({ n }) => n?.excluded ?? []).find((excluded) => excluded.length > 0);
  return typedTable({
    id: "tableOracle",
    title: "Scanners and judges against known truth",
    columns: oracleColumns,
    rows: lines,
    notes: [
      `${pairs.length} tasks, each with a vulnerable and a patched version. Intervals: 95 % Wilson. The patched version may hold other flaws than the labelled one, so that not every FP is an error.`,
      "Told apart: the vulnerable version is flagged and the patched one is not.",
      ...exclusionNotes(most === undefined ? [] : [most]),
      ...studyView(rows).notes,
    ],
  });
}
