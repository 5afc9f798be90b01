import type { AddCommand } from "./commands.js";
import { examples } from "./examples.js";
import { type ReproduceOptions, reproduce } from "./reproduce/reproduce.js";

/** `safelab reproduce` */
export const addReproduce: AddCommand = (root, signal) => {
  root
    .command("reproduce")
    .description("evaluate the demo study (or a run of your own) and write every figure, table and notebook")
    .option("--run <folder>", "a run folder of your own")
    .option("--generate", "make the samples anew (the demo: with the embedded model, 125 MB download)")
    .option("--out <folder>", "where to write (default: out/)")
    .addHelpText(
      "after",
      examples("safelab reproduce", "safelab reproduce --generate", "safelab reproduce --run out/mine"),
    )
    .action((options: Omit<ReproduceOptions, "signal">) => reproduce({ ...options, signal }));
};
