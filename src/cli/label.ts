import { tableAgreement } from "../analysis/tableAgreement.js";
import { tableConfusion } from "../analysis/tableConfusion.js";
import { tableLabels } from "../analysis/tableLabels.js";
import { openRunAt } from "../record/openRun.js";
import { tableText } from "../table/tableText.js";
import type { AddCommand } from "./commands.js";
import { examples } from "./examples.js";
import { addLabelFiles } from "./labelFiles.js";
import { addLabelNew } from "./labelNew.js";
import { addLabelPages } from "./labelPages.js";

/** `safelab label new | serve | adjudicate | agreement | export | import RUN` */
export const addLabel: AddCommand = (root, signal) => {
  const label = root.command("label").description("let people say what a sample is, and how far they agree");
  addLabelNew(label);
  addLabelPages(label, signal);
  label
    .command("agreement")
    .description("print how far annotators agree, where they differ, and what the labels come to")
    .argument("<run>", "run folder")
    .option("--question <name>", "question", "security")
    .addHelpText("after", examples("safelab label agreement out/mine --question failure"))
    .action(async (folder: string, { question }: { question: string }) => {
      const { rows } = await openRunAt(folder);
      for (const table of [tableAgreement, tableConfusion, tableLabels])
        console.log(tableText(table(rows, { question })));
    });
  addLabelFiles(label);
};
