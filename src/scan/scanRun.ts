import { InterruptedError } from "../error.js";
import { findPython } from "../process/findPython.js";
import type { WorkOptions } from "../progress.js";
import { canonicalJson, sha256 } from "../record/canonical.js";
import { type Appender, openAppender } from "../record/openAppender.js";
import { readRecords } from "../record/readRecords.js";
import type { RunFolder } from "../record/runFolder.js";
import type { Scan, ScanStatus } from "../record/schema/scan.js";
import type { GateVerdict } from "./parseGate.js";
import { scanBatches } from "./scanBatches.js";
import { scanFiles } from "./scanFiles.js";
import type { Scanner, ScannerIdentity } from "./scanner.js";
import { scannerNamed } from "./scannerNamed.js";
import { scanTexts } from "./scanTexts.js";

export interface ScanOptions extends WorkOptions {
  /** Names, or scanners of the user's own; default: the study's union. */
  readonly scanners?: readonly (string | Scanner)[];
  /** The interpreter that executes samples, whose parser decides what can be scanned; default: `python3`. */
  readonly python?: string;
}

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

/** What a call of {@link scanRun} did; the first three fields are sums over the scanners. */
export interface ScanSummary {
  readonly done: number;
  readonly skipped: number;
  readonly counts: Readonly<Record<ScanStatus, number>>;
  readonly seconds: number;
  readonly scanners: readonly ScannerSummary[];
  /** Samples left out because they have no code, or because it is withheld. */
  readonly samplesWithoutCode: number;
}

interface Found {
  readonly scanner: Scanner;
  readonly identity: ScannerIdentity;
}

interface Work extends WorkOptions {
  readonly texts: ReadonlyMap<string, string>;
  readonly python: string;
  readonly gate: Map<string, GateVerdict>;
  /** Keys of the scans that are there; grows with the work. */
  readonly recorded: Set<string>;
  readonly appender: Appender<Scan>;
}

/**
 * Scans what is missing in a run folder, identical code once, and appends a record per text and scanner as each batch
 * ends. All scanners are found before the first file is scanned.
 *
 * @throws InputError for an unknown scanner, or a sample whose code does not have its hash.
 * @throws SetupError when a scanner or Python is missing or does not work.
 * @throws InterruptedError when stopped; what was appended stays, and the next call goes on from there.
 */
export async function scanRun(run: RunFolder, options: ScanOptions = {}): Promise<ScanSummary> {
  const start = performance.now();
  const wanted = options.scanners ?? run.study.union;
  const scanners = wanted.map((scanner) => (typeof scanner === "string" ? scannerNamed(scanner) : scanner));
  const python = await findPython(options.python);
  const found: Found[] = [];
  for (const scanner of scanners) found.push({ scanner, identity: withGate(await scanner.identify(), python.version) });

  const { texts, withoutCode } = scanTexts(await readRecords(run, "samples"));
  const summaries: ScannerSummary[] = [];
  const appender = await openAppender(run, "scans");
  try {
    const recorded = new Set((await readRecords(run, "scans")).map(keyOf));
    const work = { ...options, texts, python: python.executable, gate: new Map(), recorded, appender };
    for (const one of found) summaries.push(await scanMissing(one, work));
  } finally {
    await appender.close();
  }
  return {
    done: summaries.reduce((sum, { done }) => sum + done, 0),
    skipped: summaries.reduce((sum, { skipped }) => sum + skipped, 0),
    counts: summaries.map(({ counts }) => counts).reduce(addCounts, noCounts),
    seconds: (performance.now() - start) / 1000,
    scanners: summaries,
    samplesWithoutCode: withoutCode,
  };
}

async function scanMissing({ scanner, identity }: Found, work: Work): Promise<ScannerSummary> {
  const { texts, recorded, appender, signal } = work;
  const base = { schemaVersion: 1, scanner: scanner.name, ...identity } as const;
  const missing = [...texts.keys()].filter((scanHash) => !recorded.has(keyOf({ ...base, scanHash })));
  const counts = { ...noCounts };
  let done = 0;
  const tell = () =>
    work.onProgress?.({ stage: `scan ${scanner.name}`, done, total: missing.length, counts: { ...counts } });
  tell();
  for (const batch of scanBatches(missing, (hash) => texts.get(hash)?.length ?? 0)) {
    if (signal?.aborted === true) throw new InterruptedError("scanning was stopped");
    for (const [scanHash, file] of await scanFiles(scanner, batch, work)) {
      await appender.append({ ...base, scanHash, ...file });
      recorded.add(keyOf({ ...base, scanHash }));
      counts[file.status] += 1;
    }
    done += batch.length;
    tell();
  }
  return { scanner: scanner.name, ...identity, done, skipped: texts.size - missing.length, counts };
}

const noCounts: Readonly<Record<ScanStatus, number>> = { secure: 0, insecure: 0, unscannable: 0, scanFailed: 0 };

function addCounts(a: Readonly<Record<ScanStatus, number>>, b: typeof a): typeof a {
  return {
    secure: a.secure + b.secure,
    insecure: a.insecure + b.insecure,
    unscannable: a.unscannable + b.unscannable,
    scanFailed: a.scanFailed + b.scanFailed,
  };
}

const keyOf = ({ scanHash, scanner, version, rulesHash }: Pick<Scan, "scanHash" | "scanner"> & ScannerIdentity) =>
  JSON.stringify([scanHash, scanner, version, rulesHash]);

/** Which Python parses decides what is `unscannable`, so its minor version is part of the rules. */
function withGate({ version, rulesHash }: ScannerIdentity, python: string): ScannerIdentity {
  return { version, rulesHash: sha256(canonicalJson({ rulesHash, parser: python.split(".").slice(0, 2).join(".") })) };
}
