import { stopSignal } from "../cellSignal.js";
import { InputError, InterruptedError } from "../error.js";
import { findPython } from "../process/findPython.js";
import type { WorkOptions } from "../progress.js";
import { countingScans } from "../record/countingRecords.js";
import { openAppender } from "../record/openAppender.js";
import { readRecords } from "../record/readRecords.js";
import type { RunFolder } from "../record/runFolder.js";
import type { Sample } from "../record/schema/sample.js";
import type { ScanStatus } from "../record/schema/scan.js";
import { type Found, keyOf, missingOf, noCounts, scanMissing, type ScannerSummary } from "./scanMissing.js";
import { type Scanner, withGate } from "./scanner.js";
import { isScannerName, scannerNamed, type ScannerTools } from "./scannerNamed.js";
import { scanTexts } from "./scanTexts.js";

export interface ScanOptions extends WorkOptions {
  /** Names, or scanners of the user's own; default: the study's union. */
  readonly scanners?: readonly (string | Scanner)[];
  /** The interpreter that executes samples, whose parser decides what can be scanned; default: `python3`. */
  readonly python?: string;
  /** Where the user's own scanners are. */
  readonly tools?: ScannerTools;
  /** Which samples; default: all. */
  readonly only?: (sample: Sample) => boolean;
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

/**
 * Scans what is missing in a run folder, identical code once, and appends a record per text and scanner as each batch
 * ends. All scanners are found before the first file is scanned. Where the folder holds scans with another version or other rules,
 * those used now are named in `run.json` as the ones that count. With nothing missing nothing is locked.
 *
 * @throws InputError for an unknown scanner, or a sample whose code does not have its hash.
 * @throws SetupError when a scanner or Python is missing or does not work.
 * @throws InterruptedError when stopped; what was appended stays, and the next call goes on from there.
 */
export async function scanRun(run: RunFolder, options: ScanOptions = {}): Promise<ScanSummary> {
  const start = performance.now();
  const { texts, withoutCode } = scanTexts((await readRecords(run, "samples")).filter(options.only ?? (() => true)));
  const python = await findPython(options.python);
  const { scanners, imported } = await scannersOf(run, texts, options);
  const found: Found[] = [];
  for (const scanner of scanners) found.push({ scanner, identity: withGate(await scanner.identify(), python.version) });

  const planned = await recordedKeys(run);
  const isComplete = found.every((one) => missingOf(one, texts, planned).length === 0);
  const appender = isComplete ? undefined : await openAppender(run, "scans");
  const summaries: ScannerSummary[] = [...imported];
  try {
    const recorded = isComplete ? planned : await recordedKeys(run);
    const common = { run, texts, python: python.executable, gate: new Map(), recorded, appender };
    const work = { ...options, ...stopSignal(options), ...common };
    for (const one of found) summaries.push(await scanMissing(one, work));
  } catch (thrown) {
    if (!(thrown instanceof InterruptedError)) throw thrown;
    throw new InterruptedError("scanning was stopped; what was scanned is kept, start again to go on");
  } finally {
    await appender?.close();
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

const recordedKeys = async (run: RunFolder) => new Set((await readRecords(run, "scans")).map(keyOf));

function addCounts(a: Readonly<Record<ScanStatus, number>>, b: typeof a): typeof a {
  return {
    secure: a.secure + b.secure,
    insecure: a.insecure + b.insecure,
    unscannable: a.unscannable + b.unscannable,
    scanFailed: a.scanFailed + b.scanFailed,
  };
}

/**
 * The scanners to run, and those of the union whose reports were imported for every text and need not run.
 *
 * @throws InputError for one that cannot be run here and whose imported reports do not cover all texts.
 */
async function scannersOf(
  run: RunFolder,
  texts: ReadonlyMap<string, string>,
  options: ScanOptions,
): Promise<{ scanners: Scanner[]; imported: ScannerSummary[] }> {
  const tools: ScannerTools = { codeqlSuite: run.study.codeql.suite, ...options.tools };
  const make = (scanner: string | Scanner) => (typeof scanner === "string" ? scannerNamed(scanner, tools) : scanner);
  if (options.scanners !== undefined) return { scanners: options.scanners.map(make), imported: [] };
  const scans = await readRecords(run, "scans");
  const scanners: Scanner[] = [];
  const imported: ScannerSummary[] = [];
  for (const name of run.study.union) {
    const counting = countingScans(run.study, name, scans);
    const [first] = counting.values();
    const lacking = [...texts.keys()].filter((hash) => !counting.has(hash)).length;
    if (first?.imported !== undefined && lacking === 0) {
      const { scanner, version, rulesHash } = first;
      imported.push({ scanner, version, rulesHash, done: 0, skipped: texts.size, counts: noCounts });
    } else if (first !== undefined && !isScannerName(name)) {
      throw new InputError(
        `the union's scanner "${name}" has no verdict on ${lacking} of ${texts.size} texts: import its report on them ` +
          `(\`safelab scan RUN --import FILE --as ${name}\`), or take it out of the union in run.json`,
      );
    } else scanners.push(make(name));
  }
  return { scanners, imported };
}
