import { generateRun } from "../generate/generateRun.js";
import type { RunFolder } from "../record/runFolder.js";
import { patienceOf, type PatienceOption } from "./patienceOption.js";
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
