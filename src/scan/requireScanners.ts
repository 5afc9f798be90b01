import { readRecords } from "../record/readRecords.js";
import type { RunFolder } from "../record/runFolder.js";
import { scannerNamed, type ScannerTools } from "./scannerNamed.js";

/**
 * Makes sure, before anything else is done, that every scanner of a study's union works. One of which reports were imported need not be here.
 *
 * @throws InputError for one that nobody knows, SetupError for one that is missing or does not work, with how to get it.
 */
export async function requireScanners(run: RunFolder, tools: ScannerTools = {}): Promise<void> {
  const scans = await readRecords(run, "scans");
  const imported = new Set(scans.filter((scan) => scan.imported !== undefined).map(({ scanner }) => scanner));
  for (const name of run.study.union) {
    if (!imported.has(name)) await scannerNamed(name, { codeqlSuite: run.study.codeql.suite, ...tools }).identify();
  }
}
