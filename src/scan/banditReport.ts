import { z } from "zod";
import { Severity } from "../record/schema/scan.js";
import type { BatchAnswer } from "./bisectBatch.js";
import { lastWords } from "./runScanner.js";
import { type ScannedFile, scannedFileName } from "./scanner.js";

const Result = z.object({
  filename: z.string(),
  test_id: z.string(),
  issue_cwe: z.object({ id: z.number().int().positive().optional() }),
  issue_severity: Severity,
  issue_confidence: Severity,
  issue_text: z.string(),
  line_number: z.number().int(),
  line_range: z.array(z.number().int()),
});

/** The parts of Bandit's JSON that count. */
export const BanditReport = z.object({
  results: z.array(Result),
  errors: z.array(z.object({ filename: z.string(), reason: z.string() })),
  /** One entry per file that it opened, and `_totals`. */
  metrics: z.record(z.string(), z.record(z.string(), z.number())),
});

/** One result as a finding. */
export function banditFinding(result: z.infer<typeof Result>): ScannedFile["findings"][number] {
  const lines = result.line_range.length === 0 ? [result.line_number] : result.line_range;
  return {
    ruleId: result.test_id,
    cwe: result.issue_cwe.id === undefined ? [] : [result.issue_cwe.id],
    severity: result.issue_severity,
    confidence: result.issue_confidence,
    lines: [
      lines.reduce((least, line) => Math.min(least, line)),
      lines.reduce((greatest, line) => Math.max(greatest, line)),
    ],
    message: result.issue_text,
  };
}

/** Bandit goes on after a rule crashed on a file, and says so on stderr only. */
const ruleCrash =
  /^\[tester\]\s+ERROR\s+(Bandit internal error running: (\S+) on file (\S+) at line \d+: .*?)(?:Traceback .*)?$/gm;

/** The entries of each file. */
export function groupByFile<T extends { filename: string }>(entries: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const entry of entries) {
    const group = groups.get(entry.filename);
    if (group === undefined) groups.set(entry.filename, [entry]);
    else group.push(entry);
  }
  return groups;
}

/**
 * Reads what Bandit printed about the files of the folder `tree`: a file counts as secure only when Bandit names it,
 * finished it and no rule crashed on it. Files that it does not name are left out of the answer.
 */
export function readBanditReport(
  { stdout, stderr, exitCode }: { stdout: string; stderr: string; exitCode: number | null },
  tree: string,
  hashes: readonly string[],
): BatchAnswer {
  let report: z.infer<typeof BanditReport>;
  try {
    report = BanditReport.parse(JSON.parse(stdout));
  } catch {
    return { kind: "broken", reason: `exit ${exitCode} without Bandit's JSON: ${lastWords(stderr, stdout)}` };
  }
  // Bandit exits 1 exactly when it has findings; any other pairing is not Bandit's doing.
  if (exitCode !== (report.results.length > 0 ? 1 : 0)) {
    return { kind: "broken", reason: `exit ${exitCode} with ${report.results.length} findings: ${lastWords(stderr)}` };
  }
  const results = groupByFile(report.results);
  const errors = new Map(report.errors.map(({ filename, reason }) => [filename, reason]));
  const crashes = new Map([...stderr.matchAll(ruleCrash)].map(([, sentence = "", , file = ""]) => [file, sentence]));
  const files = new Map<string, ScannedFile>();
  for (const hash of hashes) {
    const name = `./${tree}/${scannedFileName(hash)}`;
    const findings = (results.get(name) ?? []).map(banditFinding).sort((a, b) => a.lines[0] - b.lines[0]);
    const failure = errors.get(name) ?? crashes.get(name)?.replaceAll(`./${tree}/`, "");
    // Bandit writes the counts of severities only when it is through with a file.
    const isFinished = report.metrics[name]?.["SEVERITY.HIGH"] !== undefined;
    if (findings.length > 0) files.set(hash, { status: "insecure", reason: "", findings });
    else if (failure !== undefined) files.set(hash, { status: "scanFailed", reason: failure, findings: [] });
    else if (isFinished) files.set(hash, { status: "secure", reason: "", findings: [] });
  }
  return { kind: "answered", files };
}
