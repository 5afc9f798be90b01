import { basename } from "node:path";
import { InputError } from "../error.js";
import { findPython } from "../process/findPython.js";
import { canonicalJson, sha256 } from "../record/canonical.js";
import { readRecords } from "../record/readRecords.js";
import { contentText } from "../record/recordKinds.js";
import type { RunFolder } from "../record/runFolder.js";
import type { Sample } from "../record/schema/sample.js";
import type { Scan, ScanStatus } from "../record/schema/scan.js";
import { appendScans } from "./appendScans.js";
import { unparseable } from "./gateTexts.js";
import { isMeant, matchFiles, type SampleFilter, withCode } from "./matchFiles.js";
import { readFileMap } from "./readFileMap.js";
import { refuseUngenerated } from "./refuseUngenerated.js";
import { reportText } from "./reportText.js";
import { readReport, type Report } from "./readReport.js";
import { reportVerdicts } from "./reportVerdicts.js";
import { isScannerName } from "./scannerNamed.js";
import { keyOf, noCounts, type ScannerSummary } from "./scanMissing.js";
import { type ScannedFile, withGate } from "./scanner.js";

export interface ImportScansOptions {
  /** The scanner's name in records and tables. */
  readonly as: string;
  /** JSON Lines that say which sample each file holds; without, names of files are ids of tasks or hashes. */
  readonly map?: string;
  /** The samples that the report is about; default: all. */
  readonly where?: SampleFilter;
  /** The interpreter that executes samples, whose parser decides what can be scanned; default: `python3`. */
  readonly python?: string;
}

/** What an import did; `silent` counts texts of which the report says nothing, taken as scanned without a finding. */
export interface ImportScansSummary extends ScannerSummary {
  readonly format: Report["format"];
  readonly silent: number;
  /** Findings whose lines lay beyond the end of the code and were moved to its last line; their messages say so. */
  readonly clamped: number;
}

/** A name for `--as` made from what a tool calls itself. */
function nameOf(tool: string): string {
  return /^[A-Za-z][\w.-]*/.exec(tool)?.[0].toLowerCase() ?? "other";
}

/**
 * Takes a scanner's report that was made elsewhere (SARIF 2.1.0, Bearer's `jsonv2`, Bandit's JSON; .gz too) as scans of a run's samples. What
 * Python cannot parse is `unscannable` whatever the report says. A report that names only files with findings is taken to be about all samples
 * of `map` or `where`; the others were scanned without a finding.
 *
 * @throws InputError for a report that is none, a file that stands for no sample (or for a task whose sample is still to be made), or another verdict than one taken before.
 */
export async function importScans(
  run: RunFolder,
  file: string,
  { as, map: mapFile, where = {}, python: command }: ImportScansOptions,
): Promise<ImportScansSummary> {
  if (!/^[A-Za-z][\w.-]*$/.test(as))
    throw new InputError(`"${as}" is no name of a scanner: use letters, digits, . _ -`);
  const report = readReport(await reportText(file), file);
  if (isScannerName(as) && !report.tool.toLowerCase().startsWith(as))
    throw new InputError(
      `${file} is a report of ${report.tool}, not of ${as}: name it otherwise with --as, e.g. ${nameOf(report.tool)}`,
    );
  const map = mapFile === undefined ? undefined : await readFileMap(mapFile);
  const meant = (await readRecords(run, "samples")).filter((sample) => isMeant(sample, where));
  const samples = meant.filter(({ scanHash }) => scanHash !== null);
  if (samples.length === 0)
    throw new InputError(`${run.path} holds no sample with code that the report could be about`);
  const scanned = [...(map?.keys() ?? report.scanned ?? [])];
  const named = [...new Set([...scanned, ...report.findings.keys(), ...report.failures.keys()])];
  const told = map === undefined ? withCode(named, meant, report, file) : named;
  if (map === undefined) {
    const tasks = await readRecords(run, "tasks");
    refuseUngenerated(told, { run, samples: meant, tasks, where, report: file });
  }
  const { found, clamped } = reportVerdicts(report, matchFiles(told, samples, map), linesOf(samples));
  const whole = map === undefined && report.scanned === undefined;
  const hashes = whole ? new Set(samples.map(({ scanHash }) => scanHash ?? "")) : new Set(found.keys());

  if (hashes.size === 0)
    throw new InputError(`${file} names no file that ${report.tool} looked at, so it says nothing about any sample`);
  const findings = [...found.values()].reduce((sum, each) => sum + each.findings.length, 0);
  if (clamped >= 10 && clamped > mostBeyond * findings)
    throw new InputError(
      `${clamped} of the ${findings} findings in ${file} lie beyond the end of the code that they are about: it is a report on other ` +
        "texts; give the samples' own with --dataset, --model and --method",
    );

  const { executable, version: parser } = await findPython(command);
  const broken = await unparseable(texts(samples, hashes), executable);
  const before = await readRecords(run, "scans");
  for (const { scanHash, status, reason } of before) if (status === "unscannable") broken.set(scanHash, reason);

  const rules = { imported: report.format, tool: report.tool, version: report.version };
  const identity = withGate({ version: report.version, rulesHash: sha256(canonicalJson(rules)) }, parser);
  const base = { schemaVersion: 1, scanner: as, ...identity, imported: { file: basename(file) } } as const;
  const recorded = new Map(before.map((scan) => [keyOf(scan), scan]));
  const fresh: Scan[] = [];
  for (const scanHash of hashes) {
    const reason = broken.get(scanHash);
    const verdict: ScannedFile =
      reason === undefined
        ? (found.get(scanHash) ?? { status: "secure", reason: "", findings: [] })
        : { status: "unscannable", reason, findings: [] };
    const scan: Scan = { ...base, scanHash, ...verdict };
    const earlier = recorded.get(keyOf(scan));
    if (earlier === undefined) fresh.push(scan);
    else if (contentText("scans", earlier) !== contentText("scans", scan))
      throw new InputError(
        `${basename(file)} says of the text ${scanHash} ${scan.status}, a report taken before ${earlier.status}: use another name with --as`,
      );
  }
  await appendScans(run, fresh);
  const counts: Record<ScanStatus, number> = { ...noCounts };
  for (const { status } of fresh) counts[status] += 1;
  const silent = [...hashes].filter((hash) => !found.has(hash)).length;
  return {
    scanner: as,
    ...identity,
    format: report.format,
    done: fresh.length,
    skipped: hashes.size - fresh.length,
    counts,
    silent,
    clamped,
  };
}

/** Largest share of findings behind the last line of their text in a report that can be about these texts; a handful is always borne. */
const mostBeyond = 0.05;

/** How many lines each text has that is at hand. */
function linesOf(samples: readonly Sample[]): Map<string, number> {
  return new Map(
    samples.flatMap(({ code, scanHash }) =>
      typeof code === "string" && scanHash !== null ? [[scanHash, code.replace(/\n$/, "").split("\n").length]] : [],
    ),
  );
}

function texts(samples: readonly Sample[], hashes: ReadonlySet<string>): Map<string, string> {
  return new Map(
    samples.flatMap(({ code, scanHash }) =>
      typeof code === "string" && scanHash !== null && hashes.has(scanHash) ? [[scanHash, code]] : [],
    ),
  );
}
