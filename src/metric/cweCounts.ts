import type { ResultRow } from "../record/schema/resultRow.js";
import { exclusionReason, type Need } from "./exclusionReason.js";
import type { MetricRow } from "./metricRow.js";
import type { Finding } from "../record/schema/scan.js";
import { countReasons, type Exclusion } from "./rate.js";

/** How often one CWE was reported. */
export interface CweCount<R> {
  /** The CWE's number; `null` for findings whose rule names none. */
  readonly cwe: number | null;
  /** Findings that name it; one that names it twice counts once. */
  readonly findings: number;
  /** Samples with at least one such finding. */
  readonly samples: number;
  /** Those samples. */
  readonly where: readonly R[];
}

/** One scanner's CWEs, most frequent by sample first, with the number of samples that it gave a verdict on. */
export interface ScannerCweCounts<R> {
  readonly scanner: string;
  readonly scanned: number;
  readonly excluded: readonly Exclusion[];
  readonly counts: readonly CweCount<R>[];
}

/**
 * What one scanner reports, by CWE: counted by finding and by sample.
 *
 * A finding with several CWEs counts once under each. Only findings that meet the study's thresholds stand in the rows.
 * Samples without a scan are excluded and counted; code that does not parse has no findings and follows the study's policy.
 *
 * @param alias maps a CWE to the one it is counted under, e.g. its family; each finding and sample then counts once per family
 * @throws InputError where the rows have no column for the scanner.
 */
export function cweCounts<R extends MetricRow & Pick<ResultRow, "findings">>(
  rows: readonly R[],
  scanner: string,
  alias: (cwe: number) => number = (cwe) => cwe,
): ScannerCweCounts<R> {
  const reasons: string[] = [];
  const needs: readonly Need[] = [`scan_${scanner}`];
  const counts = new Map<number | null, { findings: number; where: R[] }>();
  const add = (cwe: number | null, row: R) => {
    let count = counts.get(cwe);
    if (count === undefined) counts.set(cwe, (count = { findings: 0, where: [] }));
    count.findings += 1;
    if (count.where[count.where.length - 1] !== row) count.where.push(row);
  };
  for (const row of rows) {
    const reason = exclusionReason(row, needs);
    if (reason !== undefined) {
      reasons.push(reason);
      continue;
    }
    for (const { cwe } of row.findings[scanner] ?? nothing) {
      const first = cwe[0];
      if (cwe.length < 2) add(first === undefined ? null : alias(first), row);
      else for (const each of new Set(cwe.map(alias))) add(each, row);
    }
  }
  return {
    scanner,
    scanned: rows.length - reasons.length,
    excluded: countReasons(reasons),
    counts: [...counts]
      .map(([cwe, { findings, where }]) => ({ cwe, findings, samples: where.length, where }))
      .sort((a, b) => b.samples - a.samples || b.findings - a.findings || (a.cwe ?? 0) - (b.cwe ?? 0)),
  };
}

const nothing: readonly Finding[] = [];
