import { issueText } from "../record/issueText.js";
import type { Finding } from "../record/schema/scan.js";
import { confidenceOf, cwesOf, ruleOf, severityOf } from "./sarifRule.js";
import { SarifLog, type SarifResult, type SarifRun } from "./sarifSchema.js";

/** What a SARIF log says, by file as the log names it. */
export interface SarifAnswer {
  /** Names of the drivers of its runs, joined by ` + `, e.g. `CodeQL`. */
  readonly tool: string;
  readonly version: string;
  readonly findings: ReadonlyMap<string, readonly Finding[]>;
  /** Files that the tool says it could not read, with its words. */
  readonly failures: ReadonlyMap<string, string>;
  /** Files that the tool says it read; empty where it does not say. */
  readonly read: ReadonlySet<string>;
}

type Locations = SarifResult["locations"];

function fileOf(run: SarifRun, location: NonNullable<Locations>[number]): string | undefined {
  const artifact = location.physicalLocation?.artifactLocation;
  const uri = artifact?.uri ?? run.artifacts?.[artifact?.index ?? -1]?.location?.uri;
  if (uri === undefined) return undefined;
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}

/** `endLine` is left out where it is the start's, `startLine` where a result is about the whole file. */
function linesOf(location: NonNullable<Locations>[number]): [number, number] {
  const { startLine = 1, endLine = startLine } = location.physicalLocation?.region ?? {};
  return [startLine, Math.max(startLine, endLine)];
}

function findingOf(run: SarifRun, result: SarifResult, location: NonNullable<Locations>[number]): Finding {
  const rule = ruleOf(run, result);
  return {
    ruleId: result.ruleId ?? result.rule?.id ?? rule?.id ?? "unknown",
    cwe: cwesOf(rule, result),
    severity: severityOf(rule, result),
    confidence: confidenceOf(rule),
    lines: linesOf(location),
    message: result.message.text ?? "",
  };
}

const extracted = /successfully-extracted-files$/;

interface Notes {
  readonly failures: Map<string, string>;
  readonly read: Set<string>;
}

/** Notifications of the tool about files: those it read (CodeQL says so), and those it could not, by location or by their name in the message. */
function collectNotes(run: SarifRun, { failures, read }: Notes): void {
  for (const { descriptor, level = "warning", message, locations = [] } of (run.invocations ?? []).flatMap(
    ({ toolExecutionNotifications = [] }) => toolExecutionNotifications,
  )) {
    const words = message.text ?? "";
    const located = locations.map((location) => fileOf(run, location)).filter((file) => file !== undefined);
    if (extracted.test(descriptor?.id ?? "")) for (const file of located) read.add(file);
    else if (level === "warning" || level === "error") {
      const named = located.length > 0 ? located : (words.match(/[^\s"'`:(),]+\.py\b/g) ?? []);
      for (const file of named) failures.set(file, words.trim() || (descriptor?.id ?? "not read"));
    }
  }
}

/** Whether a run holds neither what it looked for nor what it looked at. */
function isEmpty({ tool, artifacts = [], results }: SarifRun): boolean {
  const rules = [tool.driver, ...(tool.extensions ?? [])].flatMap((component) => component.rules ?? []);
  return rules.length === 0 && artifacts.length === 0 && results.length === 0;
}

/**
 * Reads a SARIF 2.1.0 log of any tool. Results that the tool itself suppressed (comments in the code) count as well; results that are no
 * failure (`kind` pass, notApplicable, informational) do not. A result without a file counts nowhere and is an error.
 *
 * @throws Error in words where the text is no such log, the tool says that it failed, or nothing shows that it scanned anything.
 */
export function readSarif(text: string): SarifAnswer {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error("not JSON");
  }
  const parsed = SarifLog.safeParse(value);
  if (!parsed.success) throw new Error(`not SARIF 2.1.0: ${issueText(parsed.error)}`);
  const findings = new Map<string, Finding[]>();
  const notes: Notes = { failures: new Map(), read: new Set() };
  for (const run of parsed.data.runs) {
    if (run.invocations?.some(({ executionSuccessful }) => !executionSuccessful))
      throw new Error(`${run.tool.driver.name} says that its run failed (executionSuccessful is false)`);
    collectNotes(run, notes);
    if (isEmpty(run) && notes.read.size === 0)
      throw new Error(
        `${run.tool.driver.name} names no rule, no file and no result: nothing shows that it scanned anything`,
      );
    for (const result of run.results) {
      if (result.kind === "pass" || result.kind === "notApplicable" || result.kind === "informational") continue;
      const [location] = result.locations ?? [];
      const file = location === undefined ? undefined : fileOf(run, location);
      if (location === undefined || file === undefined)
        throw new Error(`a result of rule ${result.ruleId ?? "unknown"} names no file`);
      const own = findings.get(file) ?? [];
      findings.set(file, own);
      own.push(findingOf(run, result, location));
    }
  }
  for (const own of findings.values()) own.sort((a, b) => a.lines[0] - b.lines[0] || (a.ruleId < b.ruleId ? -1 : 1));
  const drivers = parsed.data.runs.map(({ tool }) => tool.driver);
  return {
    tool: [...new Set(drivers.map(({ name }) => name))].join(" + "),
    version: [...new Set(drivers.map((driver) => driver.semanticVersion ?? driver.version ?? "unknown"))].join(" + "),
    findings,
    ...notes,
  };
}
