import { canonicalJson, sha256 } from "../record/canonical.js";
import type { Scan } from "../record/schema/scan.js";
import type { Span } from "./blankSuppressions.js";

/** What a scanner says of one file. `reason` is empty unless the status is `unscannable` or `scanFailed`. */
export type ScannedFile = Pick<Scan, "status" | "reason" | "findings">;

/** One entry for every hash that was asked for. */
export type ScannedBatch = ReadonlyMap<string, ScannedFile>;

/** What decides a scanner's reports: its version, and a hash over its rules, its options and what else they depend on. */
export interface ScannerIdentity {
  readonly version: string;
  /** 64 hexadecimal digits. */
  readonly rulesHash: string;
}

/**
 * A static analyser of Python files. Nothing but the text of the files may decide its reports: no configuration in
 * the scanned folder, the working directory or the home directory, no suppression comment, no environment variable.
 */
export interface Scanner {
  /** The name that stands in `run.json`, in records and on the command line. */
  readonly name: string;
  /** Milliseconds after which a run over so many files is given up, where there is such a limit; shown while it lasts. */
  readonly timeoutMs?: (files: number) => number;
  /**
   * Finds the scanner and makes sure that it works.
   *
   * @throws SetupError with the command that installs it.
   */
  identify(): Promise<ScannerIdentity>;
  /**
   * Scans the files `<hash>.py` of a folder, all of which parse. A file that the scanner cannot deal with is
   * `scanFailed` in the scanner's words and costs the others nothing.
   *
   * @throws SetupError when the scanner fails whatever file it is given.
   * @throws InterruptedError when `signal` was aborted.
   */
  scan(directory: string, hashes: readonly string[], options: FileScanOptions): Promise<ScannedBatch>;
}

/** What a scanner is told beside the files. */
export interface FileScanOptions {
  readonly signal?: AbortSignal;
  /** The comments of a file, by its hash; absent or `null` where they are not known. */
  readonly comments?: ReadonlyMap<string, readonly Span[] | null>;
}

/** The file name under which a scanner sees a text: a hash never looks like a test file, which some scanners skip. */
export function scannedFileName(hash: string): string {
  return `${hash}.py`;
}

/** Which Python parses decides what is `unscannable`, so its minor version is part of the rules. */
export function withGate({ version, rulesHash }: ScannerIdentity, python: string): ScannerIdentity {
  return { version, rulesHash: sha256(canonicalJson({ rulesHash, parser: python.split(".").slice(0, 2).join(".") })) };
}
