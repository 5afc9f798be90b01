import type { MetricRow } from "./metricRow.js";
import { columnVerdict } from "./scannerVerdict.js";

/** What must be known of a sample: its execution, the union's verdict, or one scanner's, e.g. `scan_bandit`. */
export type Need = "execution" | "union" | `scan_${string}`;

/**
 * Why a sample cannot be counted, or `undefined` where all needs are met.
 *
 * A sample that was never generated, or whose endpoint failed, has no verdict: that is the harness's fault and not the
 * model's. A reply without code (empty, refused, constraints unmet) is the model's answer and counts.
 *
 * @throws InputError where a named scanner is no column of the row.
 */
export function exclusionReason(row: MetricRow, needs: readonly Need[]): string | undefined {
  if (row.sampleStatus === "missing") return "no sample";
  if (row.sampleStatus === "endpointFailed") return "endpoint failed";
  for (const need of needs) {
    const reason =
      need === "execution" ? executionReason(row) : need === "union" ? unionReason(row) : scanReason(row, need);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function executionReason(row: MetricRow): string | undefined {
  return row.execution === "notRun" || row.casePass === null || row.taskPass === null ? "not executed" : undefined;
}

function unionReason(row: MetricRow): string | undefined {
  switch (row.secure) {
    case "secure":
    case "insecure":
      return undefined;
    case "notScanned":
      return "not scanned";
    case "scanFailed":
      return "scan failed";
    case "excluded":
      return "unscannable, excluded by policy";
  }
}

function scanReason(row: MetricRow, column: `scan_${string}`): string | undefined {
  const verdict = columnVerdict(row, column);
  if (verdict === "secure" || verdict === "insecure") return undefined;
  const scanner = column.slice("scan_".length);
  switch (verdict) {
    case "notScanned":
      return `not scanned by ${scanner}`;
    case "scanFailed":
      return `on which ${scanner} failed`;
    case "excluded":
      return `unscannable by ${scanner}, excluded by policy`;
  }
}
