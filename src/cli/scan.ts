import type { AddCommand } from "./commands.js";
import { collect } from "./collect.js";
import { examples } from "./examples.js";
import { type LockOption, openForWork, withBreakLock } from "./openForWork.js";
import { scanStep } from "./steps.js";

/** `safelab scan RUN` */
export const addScan: AddCommand = (root, signal) => {
  withBreakLock(root.command("scan"))
    .description("scan the samples of a run, those that have no verdict yet")
    .argument("<run>", "run folder")
    .option("--scanner <name>", "scanner, repeatable (default: those of the study's union)", collect)
    .addHelpText("after", examples("safelab scan out/mine", "safelab scan out/mine --scanner bandit"))
    .action(async (folder: string, options: LockOption & { scanner?: string[] }) => {
      await scanStep(await openForWork(folder, options), signal, options.scanner);
    });
};
