import { csvFormat } from "d3-dsv";
import { resultColumnNames } from "./resultColumns.js";
import type { ResultRow } from "./schema/resultRow.js";

/** Result rows as CSV text with a header line; unknown values are empty. */
export function resultsCsv(rows: readonly ResultRow[]): string {
  return `${csvFormat(rows as readonly object[], resultColumnNames(rows) as never)}\n`;
}
