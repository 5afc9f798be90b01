import { executeRun } from "../execute/executeRun.js";
import { executedSamples } from "./executedSamples.js";
import { generateRun } from "../generate/generateRun.js";
import { patienceOf, type PatienceOption } from "./patienceOption.js";
import { openRunFolder, type RunFolder } from "../record/runFolder.js";
import { type JudgeOptions, judgeRun } from "../scan/judge/judgeRun.js";
import { scanRun, type ScanOptions } from "../scan/scanRun.js";
import { problemLines } from "./problemLines.js";
import { summaryLine } from "./summaryLine.js";
import { withProgress } from "./withProgress.js";

/** Generates what is missing and says so in one line. */
export async function generateStep(run: RunFolder, signal: AbortSignal, patience: PatienceOption = {}): Promise<void> {
  const keys = (variable: string) => process.env[variable];
  const { result } = await withProgress(signal, (options) =>
    generateRun(run, { ...options, keys, ...patienceOf(patience) }),
  );
  console.log(summaryLine("generated", result));
  if (result.waiting > 0) {
    console.log(
      `  ${result.waiting} samples wait for the baseline's, whose request failed: \`safelab generate ${run.path}\` tries again`,
    );
  }
  if (result.notGenerated > 0) {
    console.log(
      `  ${result.notGenerated} planned samples are of models without an endpoint: take them in with \`safelab import FILE --into ${run.path} …\`, ` +
        'or give the models an "endpoint" in run.json',
    );
  }
}

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

/** Lets the study's judges say what they have not said yet, in one line, and says why replies are no verdicts. */
export async function judgeStep(
  run: RunFolder,
  signal: AbortSignal,
  chosen: Pick<JudgeOptions, "judges"> = {},
): Promise<void> {
  const keys = (variable: string) => process.env[variable];
  const { result } = await withProgress(signal, (options) => judgeRun(run, { ...options, ...chosen, keys }));
  console.log(summaryLine("judged", result));
  for (const line of problemLines(result.problems)) console.log(`  ${line}`);
}
