import { InputError, reasonOf } from "../error.js";
import { issueText } from "../record/issueText.js";
import type { Finding } from "../record/schema/scan.js";
import { banditFinding, BanditReport, groupByFile } from "./banditReport.js";
import { readBearerReport } from "./bearerReport.js";
import { readSarif } from "./sarifReport.js";

/** A scanner's report that was made elsewhere. Files are named as the report names them. */
export interface Report {
  readonly format: "SARIF 2.1.0" | "Bearer jsonv2" | "Bandit JSON";
  readonly tool: string;
  /** As the report says it; Bandit's says none. */
  readonly version: string;
  readonly findings: ReadonlyMap<string, readonly Finding[]>;
  /** Files that the tool did not get through, with its words. */
  readonly failures: ReadonlyMap<string, string>;
  /** What a file among `failures` is: CodeQL and its like name what they could not parse. */
  readonly failure: "unscannable" | "scanFailed";
  /** The files that were scanned; `undefined` where the report names only those with something to say. */
  readonly scanned: ReadonlySet<string> | undefined;
}

function readBanditJson(value: unknown): Report {
  const parsed = BanditReport.safeParse(value);
  if (!parsed.success) throw new Error(`not Bandit's JSON: ${issueText(parsed.error)}`);
  const { results, errors, metrics } = parsed.data;
  const files = Object.entries(metrics).filter(([name]) => name !== "_totals");
  const unfinished = files.filter(([, counts]) => counts["SEVERITY.HIGH"] === undefined).map(([name]) => name);
  return {
    ...{ format: "Bandit JSON", tool: "Bandit", version: "not stated" },
    findings: new Map([...groupByFile(results)].map(([file, own]) => [file, own.map(banditFinding)])),
    failures: new Map([
      ...unfinished.map((name) => [name, "Bandit did not finish this file"] as const),
      ...errors.map(({ filename, reason }) => [filename, reason] as const),
    ]),
    failure: "scanFailed",
    scanned: new Set([...files.map(([name]) => name), ...errors.map(({ filename }) => filename)]),
  };
}

/**
 * Reads a report: SARIF 2.1.0 of any tool, Bearer's `jsonv2`, or Bandit's JSON, told apart by what they hold.
 *
 * @param file stands in error messages
 * @throws InputError when it is none of these, or says that the scan failed.
 */
export function readReport(text: string, file: string): Report {
  try {
    const value: unknown = JSON.parse(text);
    const has = (name: string) => typeof value === "object" && value !== null && name in value;
    if (has("runs")) {
      const { read, ...answer } = readSarif(text);
      return { format: "SARIF 2.1.0", ...answer, failure: "unscannable", scanned: read.size === 0 ? undefined : read };
    }
    if (has("metrics")) return readBanditJson(value);
    if (has("source")) {
      const answer = readBearerReport(text);
      return { format: "Bearer jsonv2", tool: "Bearer", ...answer, failure: "scanFailed", scanned: undefined };
    }
  } catch (cause) {
    throw new InputError(`${file} is no report that can be taken: ${reasonOf(cause)}`, { cause });
  }
  throw new InputError(
    `${file} is no report that can be taken: expected SARIF 2.1.0, Bearer's jsonv2 (-f jsonv2) or Bandit's JSON (-f json); ` +
      "a Bearer without rules prints {}, which says nothing about any file",
  );
}
