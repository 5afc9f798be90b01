import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { venvFolder } from "../process/venv.js";
import { writeWhole } from "../record/writeWhole.js";

/** Name of the kernel in the notebooks' metadata. */
export const kernelName = "tslab";

/** Jupyter's description of the kernel, with the absolute paths of this Node and this tslab. */
function kernelJson(): string {
  const tslab = join(dirname(dirname(createRequire(import.meta.url).resolve("tslab"))), "bin", "tslab");
  const spec = {
    argv: [process.execPath, tslab, "kernel", "--config-path", "{connection_file}"],
    display_name: "TypeScript",
    language: "typescript",
    interrupt_mode: "signal",
  };
  return `${JSON.stringify(spec, null, 2)}\n`;
}

async function installIn(jupyterFolder: string): Promise<string> {
  const folder = join(jupyterFolder, "kernels", kernelName);
  const file = join(folder, "kernel.json");
  const content = kernelJson();
  if (!existsSync(file) || (await readFile(file, "utf8")) !== content) await writeWhole(file, content);
  return folder;
}

/** Folder of Jupyter data inside the project's `.venv`. */
export function venvJupyterFolder(): string {
  return join(venvFolder(), "share", "jupyter");
}

/** Describes the kernel to the project's own Jupyter, in `.venv`; returns the folder written. */
export function installKernelSpec(): Promise<string> {
  return installIn(venvJupyterFolder());
}

/** Where Jupyter looks for a user's kernels. */
function userJupyterFolder(): string {
  if (process.platform === "darwin") return join(homedir(), "Library", "Jupyter");
  if (process.platform === "win32") return join(homedir(), "AppData", "Roaming", "jupyter");
  return join(homedir(), ".local", "share", "jupyter");
}

/** Describes the kernel to every Jupyter front end of this user, VS Code among them; returns the folder written. */
export function installUserKernel(jupyterFolder = userJupyterFolder()): Promise<string> {
  return installIn(jupyterFolder);
}
