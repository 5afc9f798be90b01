import { join, resolve } from "node:path";
import { InputError, SetupError } from "../error.js";
import { installKernelSpecs } from "../notebook/kernelSpec.js";
import { isPortFree } from "../process/isPortFree.js";
import { projectRoot } from "../process/projectRoot.js";
import { runAttached } from "../process/runAttached.js";
import { setting } from "../process/setting.js";
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

/** This environment, with safelab's folders as they are meant here: a notebook runs in its own folder. */
function labEnvironment(): Record<string, string> {
  const folders = (["SAFELAB_RUN", "SAFELAB_DATA"] as const).flatMap((name) => {
    const folder = setting(name);
    return folder === undefined ? [] : [[name, resolve(folder)] as const];
  });
  const all = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries([...all, ...folders]);
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
      await installKernelSpecs();
      const cwd = join(projectRoot(), "notebooks");
      const { exitCode } = await runAttached(venvPython(), args, { env: labEnvironment(), cwd, signal });
      if (exitCode !== 0 && !signal.aborted) {
        throw new SetupError(`JupyterLab ended with exit code ${exitCode}: see its words above`);
      }
    });
};
