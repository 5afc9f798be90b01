import type { RunFolder } from "../record/runFolder.js";
import { type JudgeOptions, judgeRun } from "../scan/judge/judgeRun.js";
import { problemLines } from "./problemLines.js";
import { summaryLine } from "./summaryLine.js";
import { withProgress } from "./withProgress.js";

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
