import { join } from "node:path";
import { Option } from "commander";
import { executeOne, type OneExecution } from "../execute/executeOne.js";
import { InputError } from "../error.js";
import { openRunFolder } from "../record/runFolder.js";
import { syncTaskFacts } from "../task/syncTaskFacts.js";
import type { AddCommand } from "./commands.js";
import { examples } from "./examples.js";
import { type LockOption, openForWork, withBreakLock } from "./openForWork.js";
import { executeStep } from "./executeStep.js";

interface ExecuteCliOptions extends LockOption {
  readonly isolation: "bubblewrap" | "none";
  readonly one?: string;
  readonly keep?: true;
}

/** One sample's verdict, cases, output and files, for the terminal. */
function oneText({ outcome, kept }: OneExecution): string {
  if (outcome.kind === "undecidable") return `${outcome.job.task.id} cannot be judged: ${outcome.reason}`;
  const { task, status, reason, cases, output, seconds, peakMiB } = outcome.execution;
  const width = Math.max(...cases.map(({ name }) => name.length), 0);
  return [
    `${task}: ${status}${reason === "" ? "" : ` (${reason})`}, ${seconds} s, ${peakMiB ?? "?"} MiB`,
    ...cases.map(({ name, outcome: came, message }) =>
      `  ${name.padEnd(width)}  ${came.padEnd(10)}  ${message}`.trimEnd(),
    ),
    ...(output === "" ? ["It printed nothing."] : ["It printed:", output.trimEnd()]),
    ...(kept === undefined
      ? []
      : [`${kept.files} files that it left are in ${kept.folder} (${kept.passed} passed over)`]),
  ].join("\n");
}

/** `safelab execute RUN` */
export const addExecute: AddCommand = (root, signal) => {
  withBreakLock(root.command("execute"))
    .description("run the samples of a run in the sandbox, those that have no verdict yet")
    .argument("<run>", "run folder")
    .addOption(
      new Option("--isolation <kind>", "`none` runs hostile code unprotected; the run folder records it")
        .choices(["bubblewrap", "none"])
        .default("bubblewrap"),
    )
    .option(
      "--one <sample>",
      "execute one sample again and show it: a task's id, or the beginning of a testHash; nothing is recorded",
    )
    .option("--keep", "with --one: keep the files that the sample leaves")
    .addHelpText("after", examples("safelab execute out/mine", "safelab execute out/mine --one BigCodeBench/13 --keep"))
    .action(async (folder: string, options: ExecuteCliOptions) => {
      if (options.keep && options.one === undefined) throw new InputError("--keep goes with --one SAMPLE");
      if (options.one !== undefined) {
        const run = await openRunFolder(folder);
        const keep = options.keep ? { keep: join(run.path, "kept", options.one.replace(/[^\w.-]/g, "_")) } : {};
        console.log(oneText(await executeOne(run, options.one, { ...keep, signal })));
        return;
      }
      const run = await openForWork(folder, options);
      await syncTaskFacts(run);
      await executeStep(run, signal, options.isolation);
    });
};
