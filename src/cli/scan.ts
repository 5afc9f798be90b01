import { openRunFolder } from "../record/runFolder.js";
import { scanRun } from "../scan/scanRun.js";
import type { AddCommand } from "./commands.js";
import { collect } from "./collect.js";
import { examples } from "./examples.js";
import { summaryLine } from "./summaryLine.js";
import { terminalProgress } from "./terminalProgress.js";

/** `safelab scan RUN` */
export const addScan: AddCommand = (root, signal) => {
  root
    .command("scan")
    .description("scan the samples of a run, those that have no verdict yet")
    .argument("<run>", "run folder")
    .option("--scanner <name>", "scanner, repeatable (default: those of the study's union)", collect)
    .addHelpText("after", examples("safelab scan out/mine", "safelab scan out/mine --scanner bandit"))
    .action(async (folder: string, { scanner }: { scanner?: string[] }) => {
      const run = await openRunFolder(folder);
      const progress = terminalProgress();
      try {
        const chosen = scanner === undefined ? {} : { scanners: scanner };
        const summary = await scanRun(run, { ...chosen, signal, onProgress: progress.onProgress });
        progress.close();
        console.log(summaryLine("scanned", summary));
      } finally {
        progress.close();
      }
    });
};
