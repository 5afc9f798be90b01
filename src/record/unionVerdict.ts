import type { ResultRow } from "./schema/resultRow.js";
import type { Finding, Scan, ScanStatus, Severity } from "./schema/scan.js";
import type { SecurityPolicies, Study } from "./schema/study.js";

/** How severe, or how sure, a finding is, as a number to compare. */
export const severityRank: Readonly<Record<Severity, number>> = { UNDEFINED: 0, LOW: 0, MEDIUM: 1, HIGH: 2 };

/** The findings of a scan that reach the study's severity and confidence thresholds for its scanner. */
export function countingFindings(scan: Scan, thresholds: Study["thresholds"]): readonly Finding[] {
  const { severity, confidence } = thresholds[scan.scanner] ?? { severity: "LOW", confidence: "LOW" };
  return scan.findings.filter(
    (finding) =>
      severityRank[finding.severity] >= severityRank[severity] &&
      severityRank[finding.confidence] >= severityRank[confidence],
  );
}

/** A scan's verdict under the thresholds: `insecure` becomes `secure` where findings are listed and none of them counts. */
export function verdictOf(scan: Scan, counting: readonly Finding[]): ScanStatus {
  const dismissed = scan.findings.length > 0 && counting.length === 0;
  return scan.status === "insecure" && dismissed ? "secure" : scan.status;
}

/**
 * The union of the study's scanners: one flag is enough for insecure; a scanner that was not run leaves the union
 * unknown. Otherwise a scanner that failed, and code that does not parse, follow the study's policies.
 */
export function unionVerdict(
  statuses: readonly (ScanStatus | "notScanned")[],
  { unscannable, scanFailed }: SecurityPolicies,
): ResultRow["secure"] {
  if (statuses.length === 0 || statuses.includes("notScanned")) return "notScanned";
  if (statuses.includes("insecure")) return "insecure";
  if (scanFailed === "exclude" && statuses.includes("scanFailed")) return "scanFailed";
  if (!statuses.includes("unscannable")) return "secure";
  return unscannable === "exclude" ? "excluded" : unscannable;
}
