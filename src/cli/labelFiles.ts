import type { Command } from "commander";
import { InputError } from "../error.js";
import { importLabels } from "../label/importLabels.js";
import { labelCsv } from "../label/labelCsv.js";
import { openRunFolder } from "../record/runFolder.js";
import { readHistory, readRecords } from "../record/readRecords.js";
import { writeWhole } from "../record/writeWhole.js";
import { examples } from "./examples.js";

/** `safelab label export RUN` and `safelab label import RUN FILE` */
export function addLabelFiles(label: Command): void {
  label
    .command("export")
    .description("write all labels to one file: CSV with the answers that count, or JSON Lines with the whole history")
    .argument("<run>", "run folder")
    .requiredOption("--output <file>", "file to write, .csv or .jsonl")
    .addHelpText("after", examples("safelab label export out/mine --output labels.csv"))
    .action(async (folder: string, { output }: { output: string }) => {
      if (!/\.(csv|jsonl)$/i.test(output)) throw new InputError(`${output}: give a name that ends in .csv or .jsonl`);
      const run = await openRunFolder(folder);
      const isCsv = /\.csv$/i.test(output);
      const labels = isCsv
        ? await readRecords(run, "labels")
        : (await readHistory(run, "labels")).map(({ record }) => record);
      const text = isCsv ? labelCsv(labels) : labels.map((each) => `${JSON.stringify(each)}\n`).join("");
      await writeWhole(output, text);
      console.log(`${labels.length} labels written to ${output}`);
    });
  label
    .command("import")
    .description("add labels from a file that export wrote, or one like it")
    .argument("<run>", "run folder")
    .argument("<file>", "CSV or JSON Lines file")
    .addHelpText("after", examples("safelab label import out/mine labels.csv"))
    .action(async (folder: string, file: string) => {
      const { added, known } = await importLabels(folder, file);
      console.log(`${added} labels added to ${folder}, ${known} were there already`);
    });
}
