import { join } from "node:path";
import { InputError, SetupError } from "../error.js";
import { installKernelSpec } from "../notebook/kernelSpec.js";
import { isPortFree } from "../process/isPortFree.js";
import { projectRoot } from "../process/projectRoot.js";
import { runAttached } from "../process/runAttached.js";
import { installExtra, venvPython } from "../process/venv.js";
import type { AddCommand } from "./commands.js";
import { examples } from "./examples.js";
import { wholeNumber } from "./wholeNumber.js";

interface LabOptions {
  readonly port?: number;
  readonly browser: boolean;
}

async function labArguments({ port, browser }: LabOptions): Promise<string[]> {
  if (port !== undefined && !(await isPortFree(port))) {
    throw new InputError(`port ${port} is in use: leave --port away and a free one is chosen`);
  }
  const asRoot = process.getuid?.() === 0 ? ["--allow-root"] : [];
  const fixed = port === undefined ? [] : ["--port", String(port), "--ServerApp.port_retries=0"];
  return ["-m", "jupyterlab", "--ip", "127.0.0.1", ...fixed, ...(browser ? [] : ["--no-browser"]), ...asRoot];
}

/** `safelab lab` */
export const addLab: AddCommand = (root, signal) => {
  root
    .command("lab")
    .description("open JupyterLab on the notebooks, the kernel and interactive figures ready")
    .option("--port <n>", "port on this machine (default: a free one from 8888 on)", wholeNumber(1, 65_535))
    .option("--no-browser", "do not open a browser")
    .addHelpText("after", examples("safelab lab", "safelab lab --no-browser --port 9000"))
    .action(async (options: LabOptions) => {
      const args = await labArguments(options);
      await installExtra("base", console.log, signal);
      await installExtra("lab", console.log, signal);
      await installKernelSpec();
      const env = Object.fromEntries(
        Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
      );
      const cwd = join(projectRoot(), "notebooks");
      const { exitCode } = await runAttached(venvPython(), args, { env, cwd, signal });
      if (exitCode !== 0 && !signal.aborted) {
        throw new SetupError(`JupyterLab ended with exit code ${exitCode}: see its words above`);
      }
    });
};
