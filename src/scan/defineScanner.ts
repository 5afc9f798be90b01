import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { InputError, InterruptedError, reasonOf } from "../error.js";
import { canonicalJson, sha256 } from "../record/canonical.js";
import { Severity } from "../record/schema/scan.js";
import { type ScannedFile, type Scanner, scannedFileName } from "./scanner.js";
import { isScannerName } from "./scannerNamed.js";

/** One report of a scanner of the user's own; what is left out is unknown. */
export interface Reported {
  readonly ruleId: string;
  /** Line of the code, from 1; `lastLine` where it goes on. */
  readonly line: number;
  readonly lastLine?: number;
  /** Numbers of the CWEs, e.g. 78. */
  readonly cwe?: readonly number[];
  readonly severity?: Severity;
  readonly confidence?: Severity;
  readonly message?: string;
}

/** A scanner in the user's own words. */
export interface ScannerDefinition {
  /** Its name in records, tables and the study's union: letters, digits, `.`, `_`, `-`. */
  readonly name: string;
  /** Another version scans everything again. */
  readonly version: string;
  /** What it reports of one text; no report means secure, an error means that it failed on this text alone. */
  readonly scan: (code: string) => readonly Reported[] | Promise<readonly Reported[]>;
}

function findingOf({ ruleId, line, lastLine = line, cwe = [], message = "", ...rest }: Reported) {
  const { severity = "UNDEFINED", confidence = "UNDEFINED" } = rest;
  const level = (text: string) => Severity.parse(text.toUpperCase());
  return {
    ...{ ruleId, cwe: [...cwe], severity: level(severity), confidence: level(confidence) },
    lines: [line, lastLine] as [number, number],
    message,
  };
}

/**
 * Makes a scanner of a function that looks at one text, for `scanRun(run, { scanners: [mine] })`. Code that Python cannot parse does not
 * reach it. Its version and the text of the function decide which scans count: an edited function scans everything again.
 *
 * @throws InputError for a name that is none, or one of a scanner that safelab runs itself.
 * @example
 * const noEval = defineScanner({
 *   name: "no-eval",
 *   version: "1",
 *   scan: (code) =>
 *     code.split("\n").flatMap((text, at) => (/\beval\(/.test(text) ? [{ ruleId: "eval", line: at + 1, cwe: [95] }] : [])),
 * });
 * await scanRun(run, { scanners: ["bandit", noEval] });
 */
export function defineScanner({ name, version, scan }: ScannerDefinition): Scanner {
  if (!/^[A-Za-z][\w.-]*$/.test(name) || isScannerName(name))
    throw new InputError(`"${name}" cannot name a scanner: use letters, digits, . _ - and no name of safelab's own`);
  const one = async (directory: string, hash: string): Promise<ScannedFile> => {
    try {
      const findings = (await scan(await readFile(join(directory, scannedFileName(hash)), "utf8"))).map(findingOf);
      return { status: findings.length === 0 ? "secure" : "insecure", reason: "", findings };
    } catch (error) {
      return { status: "scanFailed", reason: reasonOf(error), findings: [] };
    }
  };
  return {
    name,
    identify: () => Promise.resolve({ version, rulesHash: sha256(canonicalJson({ version, scan: scan.toString() })) }),
    async scan(directory, hashes, { signal }) {
      const files = new Map<string, ScannedFile>();
      for (const hash of hashes) {
        if (signal?.aborted === true) throw new InterruptedError("scanning was stopped");
        files.set(hash, await one(directory, hash));
      }
      return files;
    },
  };
}
