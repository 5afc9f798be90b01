import { Option } from "commander";
import { openRunFolder } from "../record/runFolder.js";
import { syncTaskFacts } from "../task/syncTaskFacts.js";
import type { AddCommand } from "./commands.js";
import { examples } from "./examples.js";
import { executeStep } from "./steps.js";

/** `safelab execute RUN` */
export const addExecute: AddCommand = (root, signal) => {
  root
    .command("execute")
    .description("run the samples of a run in the sandbox, those that have no verdict yet")
    .argument("<run>", "run folder")
    .addOption(
      new Option("--isolation <kind>", "`none` runs hostile code unprotected; the run folder records it")
        .choices(["bubblewrap", "none"])
        .default("bubblewrap"),
    )
    .addHelpText("after", examples("safelab execute out/mine"))
    .action(async (folder: string, { isolation }: { isolation: "bubblewrap" | "none" }) => {
      const run = await openRunFolder(folder);
      await syncTaskFacts(run);
      await executeStep(run, signal, isolation);
    });
};
