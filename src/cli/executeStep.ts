import { executeRun } from "../execute/executeRun.js";
import { openRunFolder, type RunFolder } from "../record/runFolder.js";
import { executedSamples } from "./executedSamples.js";
import { summaryLine } from "./summaryLine.js";
import { withProgress } from "./withProgress.js";

/** Executes what has no verdict yet and says so in one line; tasks whose own reference decides nothing are named. Returns the folder as it is then. */
export async function executeStep(
  run: RunFolder,
  signal: AbortSignal,
  isolation: "bubblewrap" | "none" = "bubblewrap",
): Promise<RunFolder> {
  const { result, seconds } = await withProgress(signal, (options) => executeRun(run, { ...options, isolation }));
  console.log(summaryLine("executed", { counts: result.counts, skipped: result.recorded, seconds }));
  for (const line of executedSamples(result)) console.log(`  ${line}`);
  for (const { dataset, task, reason } of result.undecidable) console.log(`  not run: ${dataset} ${task}: ${reason}`);
  return openRunFolder(run.path);
}
