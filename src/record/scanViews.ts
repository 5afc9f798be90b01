import type { codelessSamples } from "./codelessSamples.js";
import { countingScans } from "./countingRecords.js";
import type { Sample } from "./schema/sample.js";
import type { Finding, Scan, ScanStatus } from "./schema/scan.js";
import type { Study } from "./schema/study.js";
import { countingFindings, verdictOf } from "./unionVerdict.js";

interface Evidence {
  readonly study: Study;
  readonly scans: readonly Scan[];
}

/** The verdict of one scanner on one sample, with the findings that count. */
export interface ScanView {
  readonly status: ScanStatus | "notScanned";
  readonly findings: readonly Finding[];
}

/** What one scanner says of a sample. */
export function scanViews(
  { study, scans }: Evidence,
  scanner: string,
  codeless: ReturnType<typeof codelessSamples>,
): (sample: Sample) => ScanView {
  const byHash = countingScans(study, scanner, scans);
  const scanOf = ({ scanHash }: Sample) => byHash.get(scanHash ?? "");
  const isCounted = codeless({ hash: "scanHash", isKnown: (sample) => scanOf(sample) !== undefined });
  return (sample) => {
    if (sample.scanHash === null) return { status: isCounted(sample) ? "unscannable" : "notScanned", findings: [] };
    const scan = scanOf(sample);
    if (scan === undefined) return { status: "notScanned", findings: [] };
    const findings = countingFindings(scan, study.thresholds);
    return { status: verdictOf(scan, findings), findings };
  };
}
