import { syncTaskFacts } from "../task/syncTaskFacts.js";
import type { AddCommand } from "./commands.js";
import { examples } from "./examples.js";
import { type LockOption, openForWork, withBreakLock } from "./openForWork.js";
import { type PatienceOption, withPatience } from "./patienceOption.js";
import { generateStep } from "./generateStep.js";

/** `safelab generate RUN` */
export const addGenerate: AddCommand = (root, signal) => {
  withPatience(withBreakLock(root.command("generate")))
    .description("generate the samples of a run that are missing")
    .argument("<run>", "run folder")
    .addHelpText("after", examples("safelab generate out/mine"))
    .action(async (folder: string, options: LockOption & PatienceOption) => {
      const run = await openForWork(folder, options);
      await syncTaskFacts(run);
      await generateStep(run, signal, options);
    });
};
