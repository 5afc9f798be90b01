import { tableRates } from "../analysis/table5.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import { type TypedTable, typedTable } from "../table/typedTable.js";

/** The numbers that matter: `tableRates` with the union for its scanners, and without its notes. */
export function headlines(rows: readonly ResultRow[]): TypedTable {
  const table = tableRates(rows);
  const scanner = (key: string) => /^secure_/.test(key);
  return typedTable({ ...table, columns: table.columns.filter(({ key }) => !scanner(key)), notes: [] });
}
