import { sha256 } from "../record/canonical.js";
import type { GateVerdict } from "./parseGate.js";
import { scanFiles } from "./scanFiles.js";
import type { ScannedFile, Scanner } from "./scanner.js";

/** Scans one text: its syntax first, then the scanner. */
export type TextScanner = (text: string) => Promise<ScannedFile>;

export interface TextScannerOptions {
  /** The interpreter whose parser decides what can be scanned. */
  readonly python: string;
  readonly signal?: AbortSignal;
}

/**
 * A scanner for single texts, for methods that scan while they generate. A text is scanned once; texts that come while the scanner
 * runs wait and go into its next run together, since most of a run's time is its start.
 *
 * @throws SetupError (from the returned function) when the scanner or Python does not work, InterruptedError when `signal` was aborted.
 */
export function openTextScanner(scanner: Scanner, options: TextScannerOptions): TextScanner {
  const verdicts = new Map<string, Promise<ScannedFile>>();
  const gate = new Map<string, GateVerdict>();
  let waiting = new Map<string, string>();
  let running: Promise<unknown> = Promise.resolve();
  let next: Promise<ReadonlyMap<string, ScannedFile>> | undefined;

  const runWaiting = async () => {
    const texts = waiting;
    waiting = new Map();
    next = undefined;
    return scanFiles(scanner, [...texts.keys()], { ...options, texts, gate });
  };
  return (text) => {
    const hash = sha256(text);
    const known = verdicts.get(hash);
    if (known !== undefined) return known;
    waiting.set(hash, text);
    next ??= running.then(runWaiting);
    running = next.catch(() => undefined);
    const verdict = next.then((files) => {
      const file = files.get(hash);
      if (file === undefined) throw new Error(`scanner "${scanner.name}": no entry for ${hash}`);
      return file;
    });
    verdicts.set(hash, verdict);
    return verdict;
  };
}
