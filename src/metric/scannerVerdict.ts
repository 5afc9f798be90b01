import { InputError } from "../error.js";
import type { MetricRow } from "./metricRow.js";

/**
 * One scanner's verdict on a sample after the study's policies: for code that does not parse
 * (`insecure`, `secure`, or `exclude`, which gives `excluded`), and for scans that failed (`secure`, or `exclude`, which leaves `scanFailed`).
 *
 * @throws InputError where the row has no column for the scanner.
 */
export function scannerVerdict(row: MetricRow, scanner: string): MetricRow["secure"] {
  return columnVerdict(row, `scan_${scanner}`);
}

/** The same by the name of the scanner's column, which a loop over many rows makes once. */
export function columnVerdict(row: MetricRow, column: `scan_${string}`): MetricRow["secure"] {
  const status = row[column];
  if (status === "secure" || status === "insecure") return status;
  if (status === undefined) {
    const scanner = column.slice("scan_".length);
    const known = Object.keys(row).filter((column) => column.startsWith("scan_"));
    const held = known.length === 0 ? "no scanner's" : known.join(", ");
    throw new InputError(
      `no column scan_${scanner} in the results (they hold ${held}); run "safelab scan RUN --scanner ${scanner}" or name another scanner`,
    );
  }
  const { unscannable, scanFailed } = row.facts.study.policies;
  if (status === "unscannable") return unscannable === "exclude" ? "excluded" : unscannable;
  return status === "scanFailed" && scanFailed === "secure" ? "secure" : status;
}
