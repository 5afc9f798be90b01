import { Option } from "commander";
import { syncTaskFacts } from "../task/syncTaskFacts.js";
import type { AddCommand } from "./commands.js";
import { examples } from "./examples.js";
import { type LockOption, openForWork, withBreakLock } from "./openForWork.js";
import { executeStep } from "./steps.js";

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
    .addHelpText("after", examples("safelab execute out/mine"))
    .action(async (folder: string, options: LockOption & { isolation: "bubblewrap" | "none" }) => {
      const run = await openForWork(folder, options);
      await syncTaskFacts(run);
      await executeStep(run, signal, options.isolation);
    });
};
