import { readRecords } from "./readRecords.js";
import { editStudy, type RunFolder } from "./runFolder.js";

/**
 * Names in `run.json` the environment that counts for each data set, where the folder holds executions of another one or names another
 * one: call it before the first record of the new one is written. Folders with one environment stay as they are: nothing competes.
 *
 * @param chosen hash of the environment by data set
 */
export async function nameEnvironments(run: RunFolder, chosen: Readonly<Record<string, string>>): Promise<RunFolder> {
  const executions = await readRecords(run, "executions");
  let current = run;
  for (const [dataset, hash] of Object.entries(chosen)) {
    const competing = executions.some((record) => record.dataset === dataset && record.environment !== hash);
    const named = current.study.counts.environment[dataset];
    if ((competing || named !== undefined) && named !== hash) {
      current = await editStudy(current, ["counts", "environment", dataset], hash);
    }
  }
  return current;
}

/** A scanner's version and rules. */
export interface ScannerChoice {
  readonly scanner: string;
  readonly version: string;
  readonly rulesHash: string;
}

/** The same for scanners: names the version and rules that count where there are scans of others. */
export async function nameScanners(run: RunFolder, chosen: readonly ScannerChoice[]): Promise<RunFolder> {
  const scans = await readRecords(run, "scans");
  let current = run;
  for (const { scanner, version, rulesHash } of chosen) {
    const competing = scans.some(
      (scan) => scan.scanner === scanner && (scan.version !== version || scan.rulesHash !== rulesHash),
    );
    const named = current.study.counts.scanner[scanner];
    if ((competing || named !== undefined) && (named?.version !== version || named.rulesHash !== rulesHash)) {
      current = await editStudy(current, ["counts", "scanner", scanner], { version, rulesHash });
    }
  }
  return current;
}
