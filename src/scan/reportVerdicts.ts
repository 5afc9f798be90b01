import type { Finding } from "../record/schema/scan.js";
import type { Report } from "./readReport.js";
import type { ScannedFile } from "./scanner.js";

/** What a report says of the texts that it names. */
export interface ReportVerdicts {
  /** By the text's hash. */
  readonly found: ReadonlyMap<string, ScannedFile>;
  /** Findings whose lines were moved into the code. */
  readonly clamped: number;
}

/** A finding with its lines inside the code; one that had to be moved says so in its message. */
function clamp(finding: Finding, count: number): Finding {
  const inside = finding.lines.map((line) => Math.min(Math.max(1, line), count)) as [number, number];
  if (inside[0] === finding.lines[0] && inside[1] === finding.lines[1]) return finding;
  const [from, to] = finding.lines;
  const note = `[reported at lines ${from} to ${to}, the code has ${count}]`;
  return { ...finding, lines: inside, message: finding.message === "" ? note : `${finding.message} ${note}` };
}

/**
 * The verdict of a report on each text: one file with findings is enough, else one that failed. A finding beyond the end of the code still
 * flags it: its lines are moved to the last one, and its message says where the report has it.
 *
 * @param hashes which text each file holds
 * @param lines how many lines each text has; none for one whose code is withheld
 */
export function reportVerdicts(
  report: Report,
  hashes: ReadonlyMap<string, string>,
  lines: ReadonlyMap<string, number>,
): ReportVerdicts {
  const found = new Map<string, ScannedFile>();
  let clamped = 0;
  for (const [file, hash] of hashes) {
    const reported = report.findings.get(file) ?? [];
    const findings = reported.map((finding) => clamp(finding, lines.get(hash) ?? Infinity));
    clamped += findings.filter((finding, at) => finding !== reported[at]).length;
    const reason = report.failures.get(file);
    const before = found.get(hash);
    if (findings.length > 0) found.set(hash, { status: "insecure", reason: "", findings });
    else if (before?.status === "insecure") continue;
    else if (reason !== undefined) found.set(hash, { status: report.failure, reason, findings });
    else if (before === undefined) found.set(hash, { status: "secure", reason: "", findings });
  }
  return { found, clamped };
}
