import { installBenchmark } from "../process/benchmarkVenv.js";
import { type Extra, installExtra } from "../process/venv.js";
import type { AddCommand } from "./commands.js";
import { examples } from "./examples.js";

interface SetupOptions {
  readonly embedded?: true;
  readonly lab?: true;
  readonly kernel?: true;
  readonly bigcodebench?: true;
  readonly seccodeplt?: true;
}

/** `safelab setup` */
export const addSetup: AddCommand = (root, signal) => {
  root
    .command("setup")
    .description("install what is missing into .venv: Bandit and the Jupyter client, and on request more")
    .option("--embedded", "also the embedded model (125 MB download)")
    .option("--lab", "also JupyterLab")
    .option("--kernel", "also register the TypeScript kernel for other front ends such as VS Code")
    .option("--bigcodebench", "also the libraries that BigCodeBench's samples import (900 MB download, 2.9 GB on disk)")
    .option("--seccodeplt", "also the libraries that SecCodePLT+'s samples import (20 MB download)")
    .addHelpText("after", examples("safelab setup", "safelab setup --embedded --lab"))
    .action(async ({ embedded, lab, kernel, bigcodebench, seccodeplt }: SetupOptions) => {
      const wanted: Extra[] = ["base", ...(embedded ? ["embedded" as const] : []), ...(lab ? ["lab" as const] : [])];
      for (const extra of wanted) await installExtra(extra, console.log, signal);
      if (bigcodebench) await installBenchmark("bigcodebench", console.log, signal);
      if (seccodeplt) await installBenchmark("seccodeplt", console.log, signal);
      if (kernel) {
        const { installUserKernel } = await import("../notebook/kernelSpec.js");
        console.log(`Kernel "TypeScript" registered in ${await installUserKernel()}`);
      }
      console.log("Everything asked for is installed.");
    });
};
