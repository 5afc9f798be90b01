import { InputError } from "../error.js";
import { openRunFolder } from "../record/runFolder.js";
import { withholdCode } from "../record/withholdCode.js";
import type { AddCommand } from "./commands.js";
import { examples } from "./examples.js";

interface WithholdCliOptions {
  readonly provenance: string;
  readonly gzip?: true;
}

/** `safelab withhold RUN FOLDER` */
export const addWithhold: AddCommand = (root) => {
  root
    .command("withhold")
    .description("copy a run without code, prompts, messages and output, to pass its verdicts on")
    .argument("<run>", "run folder")
    .argument("<folder>", "where the copy goes; must not hold a run")
    .requiredOption("--provenance <text>", "where the samples come from and how the verdicts were made, for run.json")
    .option("--gzip", "write record files as .jsonl.gz, about a sixth as large")
    .addHelpText(
      "after",
      examples(
        'safelab withhold out/qwen out/qwen-verdicts --provenance "outputs published at …, executed by safelab"',
      ),
    )
    .action(async (folder: string, target: string, { provenance, gzip }: WithholdCliOptions) => {
      if (provenance.trim() === "") throw new InputError("--provenance is empty: say where the samples come from");
      const copied = await withholdCode(await openRunFolder(folder), target, { provenance, gzip: gzip ?? false });
      console.log(`${copied.path} holds the verdicts without the code`);
    });
};
