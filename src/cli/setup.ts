import { installBenchmark } from "../process/benchmarkVenv.js";
import type { Extra } from "../process/extras.js";
import { installExtra } from "../process/venv.js";
import type { AddCommand } from "./commands.js";
import { examples } from "./examples.js";

interface SetupOptions {
  readonly embedded?: true;
  readonly lab?: true;
  readonly decoder?: true;
  readonly kernel?: true;
  readonly bigcodebench?: true;
  readonly seccodeplt?: true;
}

/** Why the kernels were registered there, where the user's own setting decided it. */
const kernelPlace = () => (process.env["JUPYTER_DATA_DIR"] ? " (JUPYTER_DATA_DIR)" : "");

/** `safelab setup` */
export const addSetup: AddCommand = (root, signal) => {
  root
    .command("setup")
    .description("install what is missing into .venv: Bandit and the Jupyter client, and on request more")
    .option("--embedded", "also the embedded model (125 MB download)")
    .option("--lab", "also JupyterLab")
    .option("--decoder", "also the server of SVEN's learned prefixes, with PyTorch (3 GB download, 5.6 GB on disk)")
    .option(
      "--kernel",
      "also register the kernel for other front ends such as VS Code, in JUPYTER_DATA_DIR where that is set",
    )
    .option("--bigcodebench", "also the libraries that BigCodeBench's samples import (900 MB download, 2.9 GB on disk)")
    .option("--seccodeplt", "also the libraries that SecCodePLT+'s samples import (20 MB download)")
    .addHelpText("after", examples("safelab setup", "safelab setup --embedded --lab"))
    .action(async ({ embedded, lab, decoder, kernel, bigcodebench, seccodeplt }: SetupOptions) => {
      const asked = { base: true, embedded, lab, decoder } satisfies Record<Extra, true | undefined>;
      const wanted = (Object.keys(asked) as Extra[]).filter((extra) => asked[extra]);
      for (const extra of wanted) await installExtra(extra, console.log, signal);
      if (bigcodebench) await installBenchmark("bigcodebench", console.log, signal);
      if (seccodeplt) await installBenchmark("seccodeplt", console.log, signal);
      if (kernel) {
        const { installUserKernels } = await import("../notebook/kernelSpec.js");
        for (const { label, folder } of await installUserKernels())
          console.log(`Kernel "${label}": ${folder}${kernelPlace()}`);
      }
      console.log("Everything asked for is installed.");
    });
};
