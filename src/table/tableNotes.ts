import { dash } from "./formatCell.js";
import type { TypedTable } from "./typedTable.js";

/** The notes under a printed table: its own, then the distinct reasons of its missing cells. */
export function tableNotes(table: TypedTable): string[] {
  const reasons = new Set<string>();
  for (const row of table.rows)
    for (const column of table.columns) {
      const missing = row[column.key]?.missing;
      if (missing !== undefined) reasons.add(missing);
    }
  return [...table.notes, ...[...reasons].map((reason) => `${dash} ${reason}`)];
}
