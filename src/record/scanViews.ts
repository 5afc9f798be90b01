import { countingScans } from "./countingRecords.js";
import type { Sample } from "./schema/sample.js";
import type { Finding, Scan, ScanStatus } from "./schema/scan.js";
import type { Study } from "./schema/study.js";
import { countingFindings, verdictOf } from "./unionVerdict.js";

interface Evidence {
  readonly study: Study;
  readonly scans: readonly Scan[];
  readonly samples: readonly Sample[];
}

/** The verdict of one scanner on one sample, with the findings that count. */
export interface ScanView {
  readonly status: ScanStatus | "notScanned";
  readonly findings: readonly Finding[];
}

/** What one scanner says of a sample. */
export function scanViews({ study, scans, samples }: Evidence, scanner: string): (sample: Sample) => ScanView {
  const byHash = countingScans(study, scanner, scans);
  const waiting = byHash.size === 0 && samples.some((sample) => sample.scanHash !== null);
  return ({ scanHash }) => {
    if (scanHash === null) return { status: waiting ? "notScanned" : "unscannable", findings: [] };
    const scan = byHash.get(scanHash);
    if (scan === undefined) return { status: "notScanned", findings: [] };
    const findings = countingFindings(scan, study.thresholds);
    return { status: verdictOf(scan, findings), findings };
  };
}
