import type { ResultRow } from "../record/schema/resultRow.js";

/** A finding, nothing, or code that is missing or does not parse, which the study's policy then counts one way or the other. */
export type Saying = "flagged" | "silent" | "unscannable";

/** What scanners saw of a sample that they have a verdict of: one finding is enough. */
export function scannersSay(scanners: readonly string[]): (row: ResultRow) => Saying {
  // Names of columns that are put together anew for each of thousands of rows take most of the time.
  const columns = scanners.map((scanner) => `scan_${scanner}` as const);
  return (row) => {
    if (columns.some((column) => row[column] === "insecure")) return "flagged";
    return columns.some((column) => row[column] === "unscannable") ? "unscannable" : "silent";
  };
}
