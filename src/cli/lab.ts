import { join } from "node:path";
import { SetupError } from "../error.js";
import { installKernelSpec } from "../notebook/kernelSpec.js";
import { projectRoot } from "../process/projectRoot.js";
import { installExtra } from "../process/venv.js";
import type { AddCommand } from "./commands.js";
import { examples } from "./examples.js";
import { openLab } from "./openLab.js";

/** `safelab lab` */
export const addLab: AddCommand = (root, signal) => {
  root
    .command("lab")
    .description("open JupyterLab on the notebooks, the kernel and interactive figures ready")
    .option("--port <n>", "port on this machine", "8888")
    .option("--no-browser", "do not open a browser")
    .addHelpText("after", examples("safelab lab", "safelab lab --no-browser --port 9000"))
    .action(async ({ port, browser }: { port: string; browser: boolean }) => {
      await installExtra("base", console.log);
      await installExtra("lab", console.log);
      await installKernelSpec();
      const notebooks = join(projectRoot(), "notebooks");
      const { exitCode } = await openLab(notebooks, { port: Number(port), browser, signal });
      if (exitCode !== 0 && !signal.aborted) {
        throw new SetupError(`JupyterLab ended with exit code ${exitCode}: see its words above`);
      }
    });
};
