import type { ResultRow } from "../record/schema/resultRow.js";

/** Whether any scanner has looked at a sample, be it in vain. */
export function isScanned(row: ResultRow): boolean {
  return Object.entries(row).some(([column, value]) => column.startsWith("scan_") && value !== "notScanned");
}
