import { openRunFolder, type RunFolder } from "../record/runFolder.js";
import { scanRun, type ScanOptions } from "../scan/scanRun.js";
import { summaryLine } from "./summaryLine.js";
import { withProgress } from "./withProgress.js";

/** Scans what has no verdict yet and says so in one line. Returns the folder as it is then. */
export async function scanStep(
  run: RunFolder,
  signal: AbortSignal,
  chosen: Pick<ScanOptions, "scanners" | "tools"> = {},
): Promise<RunFolder> {
  const { result } = await withProgress(signal, (options) => scanRun(run, { ...options, ...chosen }));
  console.log(summaryLine("scanned", result));
  if (result.samplesWithoutCode > 0)
    console.log(
      `  ${result.samplesWithoutCode} samples have no code at hand to scan; those that never had any follow the policy ` +
        `"unscannable": "${run.study.policies.unscannable}" of run.json`,
    );
  return openRunFolder(run.path);
}
