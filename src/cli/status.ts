import { openRunAt } from "../record/openRun.js";
import { tableText } from "../table/tableText.js";
import type { AddCommand } from "./commands.js";
import { examples } from "./examples.js";
import { statusTable } from "./statusTable.js";

/** `safelab status RUN` */
export const addStatus: AddCommand = (root) => {
  root
    .command("status")
    .description("say how far a run is: planned, generated, executed, scanned")
    .argument("<run>", "run folder")
    .addHelpText("after", examples("safelab status out/mine"))
    .action(async (folder: string) => {
      const { rows } = await openRunAt(folder);
      console.log(tableText(statusTable(rows)));
    });
};
