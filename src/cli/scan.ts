import { Option } from "commander";
import { InputError } from "../error.js";
import type { RunFolder } from "../record/runFolder.js";
import { PromptKind, type SampleKey } from "../record/schema/sample.js";
import { importScans } from "../scan/importScans.js";
import type { AddCommand } from "./commands.js";
import { collect } from "./collect.js";
import { examples } from "./examples.js";
import { type LockOption, openForWork, withBreakLock } from "./openForWork.js";
import { scanStep } from "./scanStep.js";
import { type ToolOptions, toolsOf, withTools } from "./toolOptions.js";

interface ScanCommandOptions
  extends LockOption, ToolOptions, Partial<Pick<SampleKey, "dataset" | "model" | "method" | "prompt">> {
  readonly scanner?: string[];
  readonly import?: string;
  readonly as?: string;
  readonly map?: string;
}

/** Takes a report that was made elsewhere and says what came of it. */
async function importStep(run: RunFolder, file: string, options: ScanCommandOptions): Promise<void> {
  const { as, map, dataset, model, method, prompt } = options;
  if (as === undefined) throw new InputError("--import needs --as NAME, the scanner's name in records and tables");
  const where = Object.fromEntries(
    Object.entries({ dataset, model, method, prompt }).filter(([, value]) => value !== undefined),
  );
  const done = await importScans(run, file, { as, where, ...(map === undefined ? {} : { map }) });
  const parts = Object.entries(done.counts).filter(([, count]) => count > 0);
  console.log(
    `${file} (${done.format}) taken as ${as} ${done.version}: ${done.done} texts` +
      `${parts.length === 0 ? "" : ` (${parts.map(([name, count]) => `${name} ${count}`).join(", ")})`}, ${done.skipped} were there already`,
  );
  if (done.silent > 0)
    console.log(`of ${done.silent} texts the report says nothing: they are taken as scanned without a finding`);
  if (done.clamped > 0)
    console.log(
      `${done.clamped} findings lie beyond the end of the code: they count, and their messages say where the report has them`,
    );
  if (!run.study.union.includes(as))
    console.log(`${as} is not in the union of run.json (${run.study.union.join(", ")})`);
}

/** `safelab scan RUN` */
export const addScan: AddCommand = (root, signal) => {
  withTools(withBreakLock(root.command("scan")))
    .description("scan the samples of a run, those that have no verdict yet, or take a report that was made elsewhere")
    .argument("<run>", "run folder")
    .option("--scanner <name>", "scanner, repeatable (default: those of the study's union)", collect)
    .option("--import <file>", "take a report instead: SARIF 2.1.0, Bearer's jsonv2 or Bandit's JSON")
    .option("--as <name>", "with --import: the scanner's name")
    .option("--map <file>", "with --import: JSON Lines of file and the sample that it holds")
    .option("--dataset <name>", "with --import: only samples of this data set")
    .option("--model <name>", "with --import: only samples of this model")
    .option("--method <name>", "with --import: only samples of this method")
    .addOption(
      new Option("--prompt <kind>", "with --import: only samples of this kind of prompt").choices(PromptKind.options),
    )
    .addHelpText(
      "after",
      examples(
        "safelab scan out/mine",
        "safelab scan out/mine --scanner bandit --scanner bearer --bearer-rules ~/bearer-rules",
        "safelab scan out/mine --import semgrep.sarif --as semgrep --model my-model --method base",
      ),
    )
    .action(async (folder: string, options: ScanCommandOptions) => {
      const run = await openForWork(folder, options);
      if (options.import !== undefined) await importStep(run, options.import, options);
      else
        await scanStep(run, signal, { tools: toolsOf(options), ...(options.scanner && { scanners: options.scanner }) });
    });
};
