import { Option } from "commander";
import { executeRun } from "../execute/executeRun.js";
import { openRunFolder } from "../record/runFolder.js";
import { syncTaskFacts } from "../task/syncTaskFacts.js";
import type { AddCommand } from "./commands.js";
import { examples } from "./examples.js";
import { summaryLine } from "./summaryLine.js";
import { terminalProgress } from "./terminalProgress.js";

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
      const progress = terminalProgress();
      try {
        const summary = await executeRun(run, { isolation, signal, onProgress: progress.onProgress });
        progress.close();
        console.log(summaryLine("executed", summary));
      } finally {
        progress.close();
      }
    });
};
