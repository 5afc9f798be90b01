import { type ColumnTable, table } from "arquero";
import { resultColumns } from "../resultColumns.js";
import type { ResultRow } from "../schema/resultRow.js";

/**
 * Result rows as an arquero table. Its aggregates skip `null` without a word: count the `notRun` rows beside any mean
 * of `casePass`, or use the metrics, which say what they left out.
 */
export function arqueroTable(rows: readonly ResultRow[]): ColumnTable {
  return table(resultColumns(rows));
}
