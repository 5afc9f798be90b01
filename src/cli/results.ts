import { openRunAt } from "../record/openRun.js";
import { resultsCsv } from "../record/resultsCsv.js";
import { writeWhole } from "../record/writeWhole.js";
import type { AddCommand } from "./commands.js";
import { examples } from "./examples.js";

/** `safelab results RUN` */
export const addResults: AddCommand = (root) => {
  root
    .command("results")
    .description("write one row per sample as CSV")
    .argument("<run>", "run folder")
    .option("--output <file>", "file to write (default: standard output)")
    .addHelpText("after", examples("safelab results out/mine --output results.csv"))
    .action(async (folder: string, { output }: { output?: string }) => {
      const { rows } = await openRunAt(folder);
      const text = resultsCsv(rows);
      if (output === undefined) process.stdout.write(text);
      else {
        await writeWhole(output, text);
        console.log(`${rows.length} rows written to ${output}`);
      }
    });
};
