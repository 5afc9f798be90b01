import { InterruptedError } from "../error.js";
import type { Progress, WorkOptions } from "../progress.js";
import { nameScanners } from "../record/nameCounting.js";
import type { Appender } from "../record/openAppender.js";
import type { RunFolder } from "../record/runFolder.js";
import type { Scan, ScanStatus } from "../record/schema/scan.js";
import type { GateVerdict } from "./parseGate.js";
import { scanBatches } from "./scanBatches.js";
import { scanFiles } from "./scanFiles.js";
import type { Scanner, ScannerIdentity } from "./scanner.js";

/** What one scanner did in one call. */
export interface ScannerSummary extends ScannerIdentity {
  readonly scanner: string;
  /** Distinct texts scanned now. */
  readonly done: number;
  /** Distinct texts whose scan was there already. */
  readonly skipped: number;
  /** Those scanned now, by status. */
  readonly counts: Readonly<Record<ScanStatus, number>>;
}

/** A scanner that was found, and what decides its reports. */
export interface Found {
  readonly scanner: Scanner;
  readonly identity: ScannerIdentity;
}

/** What scanning needs to know and to write to. */
export interface Work extends WorkOptions {
  readonly run: RunFolder;
  readonly texts: ReadonlyMap<string, string>;
  readonly python: string;
  readonly gate: Map<string, GateVerdict>;
  /** Keys of the scans that are there; grows with the work. */
  readonly recorded: Set<string>;
  /** `undefined` where nothing is missing: then nothing is locked. */
  readonly appender: Appender<Scan> | undefined;
}

/** The values that name a scan, as one string. */
export const keyOf = ({
  scanHash,
  scanner,
  version,
  rulesHash,
}: Pick<Scan, "scanHash" | "scanner"> & ScannerIdentity) => JSON.stringify([scanHash, scanner, version, rulesHash]);

/** The hashes of the texts that this scanner has no record of. */
export function missingOf(
  { scanner, identity }: Found,
  texts: ReadonlyMap<string, string>,
  recorded: ReadonlySet<string>,
) {
  return [...texts.keys()].filter((scanHash) => !recorded.has(keyOf({ scanner: scanner.name, ...identity, scanHash })));
}

/** No scan of any status. */
export const noCounts: Readonly<Record<ScanStatus, number>> = { secure: 0, insecure: 0, unscannable: 0, scanFailed: 0 };

/** The batch that is scanned next, in words, and how long a run over it may take. */
function waitingFor(
  { timeoutMs }: Scanner,
  batches: readonly (readonly string[])[],
  next: number,
): Progress["waiting"] | undefined {
  const batch = batches[next];
  if (batch === undefined) return undefined;
  const what = `batch ${next + 1} of ${batches.length}`;
  return timeoutMs === undefined ? { what } : { what, limitSeconds: timeoutMs(batch.length) / 1000 };
}

/** Scans what one scanner lacks. */
export async function scanMissing(found: Found, work: Work): Promise<ScannerSummary> {
  const { scanner, identity } = found;
  const { run, texts, recorded, appender, signal } = work;
  const base = { schemaVersion: 1, scanner: scanner.name, ...identity } as const;
  const missing = missingOf(found, texts, recorded);
  const skipped = texts.size - missing.length;
  const counts = { ...noCounts };
  let done = 0;
  const batches = scanBatches(missing, (hash) => texts.get(hash)?.length ?? 0);
  const tell = (next: number) => {
    const waiting = waitingFor(scanner, batches, next);
    const step = { stage: `scan ${scanner.name}`, done, total: missing.length, counts: { ...counts } };
    work.onProgress?.({ ...step, ...(waiting === undefined ? {} : { waiting }) });
  };
  if (missing.length > 0) tell(0);
  if (skipped > 0) await nameScanners(run, [base]);
  for (const [at, batch] of batches.entries()) {
    if (signal?.aborted === true) throw new InterruptedError("scanning was stopped");
    const scanned = await scanFiles(scanner, batch, work);
    // Before the first record: stopped at any time, the folder says which version and rules count.
    if (done === 0 && skipped === 0) await nameScanners(run, [base]);
    for (const [scanHash, file] of scanned) {
      await appender?.append({ ...base, scanHash, ...file });
      recorded.add(keyOf({ ...base, scanHash }));
      counts[file.status] += 1;
    }
    done += batch.length;
    tell(at + 1);
  }
  return { scanner: scanner.name, ...identity, done, skipped, counts };
}
