import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gateTexts } from "./gateTexts.js";
import type { GateVerdict } from "./parseGate.js";
import type { ScannedFile, Scanner } from "./scanner.js";

export interface ScanFilesOptions {
  readonly texts: ReadonlyMap<string, string>;
  /** The interpreter that executes the samples. */
  readonly python: string;
  /** What is known of each text's syntax, kept from one scanner to the next. */
  readonly gate: Map<string, GateVerdict>;
  readonly signal?: AbortSignal;
}

const unscannable = (reason: string): ScannedFile => ({ status: "unscannable", reason, findings: [] });

/**
 * Scans one batch of texts: what Python cannot parse is `unscannable` whatever the scanner would say, the rest goes
 * to the scanner.
 */
export async function scanFiles(
  scanner: Scanner,
  hashes: readonly string[],
  { texts, python, gate, signal }: ScanFilesOptions,
): Promise<ReadonlyMap<string, ScannedFile>> {
  const stop = signal === undefined ? {} : { signal };
  const directory = await mkdtemp(join(tmpdir(), "safelab-batch-"));
  try {
    await gateTexts(directory, new Map(hashes.map((hash) => [hash, texts.get(hash) ?? ""])), { python, gate, ...stop });
    const comments = new Map(
      hashes.flatMap((hash) => {
        const verdict = gate.get(hash);
        return verdict?.parses === true ? [[hash, verdict.comments] as const] : [];
      }),
    );
    const scanned =
      comments.size === 0
        ? new Map<string, ScannedFile>()
        : await scanner.scan(directory, [...comments.keys()], { ...stop, comments });
    return new Map(
      hashes.map((hash) => {
        const verdict = gate.get(hash);
        if (verdict?.parses === false) return [hash, unscannable(verdict.reason)];
        const file = scanned.get(hash);
        if (file === undefined) throw new Error(`scanner "${scanner.name}": no entry for ${hash}`);
        return [hash, file];
      }),
    );
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
