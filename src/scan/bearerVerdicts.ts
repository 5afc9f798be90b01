import { basename } from "node:path";
import type { BearerAnswer } from "./bearerReport.js";
import type { BatchAnswer } from "./bisectBatch.js";
import { type ScannedFile, scannedFileName } from "./scanner.js";

/** Bearer skips larger files in silence (`FileSizeMaximum` in its settings). */
export const largestBearerBytes = 2_000_000;

const failed = (reason: string): ScannedFile => ({ status: "scanFailed", reason, findings: [] });

/**
 * The verdicts on the files of a batch. Bearer names only files with findings or failures, so that silence means secure; an answer with
 * a name that was not asked is about something else.
 *
 * @param sizes bytes of each file
 */
export function bearerVerdicts(report: BearerAnswer, sizes: ReadonlyMap<string, number>): BatchAnswer {
  const asked = new Set([...sizes.keys()].map(scannedFileName));
  const findings = new Map([...report.findings].map(([name, own]) => [basename(name), own]));
  const failures = new Map([...report.failures].map(([name, words]) => [basename(name), words]));
  const stranger = [...findings.keys(), ...failures.keys()].find((name) => !asked.has(name));
  if (stranger !== undefined)
    return { kind: "broken", reason: `the answer names a file that was not asked: ${stranger.slice(0, 100)}` };
  const files = new Map<string, ScannedFile>();
  for (const [hash, size] of sizes) {
    const name = scannedFileName(hash);
    const own = findings.get(name) ?? [];
    const words = failures.get(name);
    if (own.length > 0) files.set(hash, { status: "insecure", reason: "", findings: own });
    else if (words !== undefined) files.set(hash, failed(words));
    else if (size > largestBearerBytes)
      files.set(hash, failed(`${size} bytes: Bearer skips files of more than ${largestBearerBytes} in silence`));
    else files.set(hash, { status: "secure", reason: "", findings: [] });
  }
  return { kind: "answered", files };
}
