import { posix } from "node:path";
import { z } from "zod";
import { issueText } from "../record/issueText.js";
import type { Severity } from "../record/schema/scan.js";
import type { ScannedFile } from "./scanner.js";

const Finding = z.object({
  id: z.string(),
  /** Numbers as strings. */
  cwe_ids: z.array(z.string().regex(/^\d+$/)),
  title: z.string().catch(""),
  severity: z.enum(["critical", "high", "medium", "low", "warning"]),
  line_number: z.number().int(),
  source: z.object({ start: z.number().int(), end: z.number().int() }).optional(),
  filename: z.string().optional(),
  full_filename: z.string(),
});

/** The parts of Bearer's `jsonv2` that count. Bearer without rules prints `{}`, which is no such answer. */
const BearerReport = z.object({
  source: z.literal("Bearer"),
  version: z.string().min(1),
  findings: z.array(Finding).nullable(),
  errors: z.array(z.object({ filename: z.string(), error: z.string() })).nullish(),
});

/** What Bearer says, by file as it names it. */
export interface BearerAnswer {
  readonly version: string;
  readonly findings: ReadonlyMap<string, ScannedFile["findings"]>;
  /** Files that it gave up, with its words. It names them by their path within the scanned folder. */
  readonly failures: ReadonlyMap<string, string>;
}

const severities: Readonly<Record<z.infer<typeof Finding>["severity"], Severity>> = {
  critical: "HIGH",
  high: "HIGH",
  medium: "MEDIUM",
  low: "LOW",
  warning: "LOW",
};

function findingOf({ id, cwe_ids, severity, line_number, source, title }: z.infer<typeof Finding>) {
  return {
    ruleId: id,
    cwe: [...new Set(cwe_ids.map(Number))],
    severity: severities[severity],
    // Bearer says nothing of confidence.
    confidence: "UNDEFINED" as const,
    lines: [source?.start ?? line_number, source?.end ?? line_number] as [number, number],
    message: title,
  };
}

/**
 * Reads Bearer's `jsonv2` (`--format jsonv2`). A single file as Bearer's target has the `filename` ".", so files are known by their
 * `full_filename`. Findings are in the order of lines; of those that agree in all that is recorded one stays.
 *
 * @throws Error in words where the text is no such report.
 */
export function readBearerReport(text: string): BearerAnswer {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error("not JSON");
  }
  const parsed = BearerReport.safeParse(value);
  if (!parsed.success) throw new Error(`not Bearer's jsonv2: ${issueText(parsed.error)}`);
  const findings = new Map<string, ScannedFile["findings"][number][]>();
  for (const entry of parsed.data.findings ?? []) {
    const own = findings.get(entry.full_filename) ?? [];
    findings.set(entry.full_filename, own);
    const finding = findingOf(entry);
    if (!own.some((known) => JSON.stringify(known) === JSON.stringify(finding))) own.push(finding);
  }
  for (const own of findings.values()) own.sort((a, b) => a.lines[0] - b.lines[0] || (a.ruleId < b.ruleId ? -1 : 1));
  return {
    version: parsed.data.version,
    findings,
    failures: new Map((parsed.data.errors ?? []).map(({ filename, error }) => [posix.normalize(filename), error])),
  };
}
