import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { projectRoot } from "../process/projectRoot.js";
import { venvFolder } from "../process/venv.js";
import { writeWhole } from "../record/writeWhole.js";

/** safelab's own kernel, named in the metadata of its notebooks, and tslab as it comes. */
export type KernelName = "safelab" | "tslab";

const labels: Readonly<Record<KernelName, string>> = { safelab: "TypeScript (safelab)", tslab: "TypeScript" };

/** A kernel in Jupyter's words, started with the absolute path of this Node. */
function kernelSpec(name: KernelName): object {
  const safelab = join(projectRoot(), "dist", "notebook", "kernel", "main.js");
  const tslab = join(dirname(dirname(createRequire(import.meta.url).resolve("tslab"))), "bin", "tslab");
  const program = name === "safelab" ? [safelab] : [tslab, "kernel", "--config-path"];
  return {
    argv: [process.execPath, ...program, "{connection_file}"],
    display_name: labels[name],
    language: "typescript",
    interrupt_mode: "signal",
  };
}

/** A kernel that was described to Jupyter: what front ends call it, and where. */
export interface InstalledKernel {
  readonly label: string;
  readonly folder: string;
}

const folderOf = (jupyterFolder: string, name: KernelName) => join(jupyterFolder, "kernels", name);

async function install(jupyterFolder: string, name: KernelName): Promise<InstalledKernel> {
  const folder = folderOf(jupyterFolder, name);
  const file = join(folder, "kernel.json");
  const content = `${JSON.stringify(kernelSpec(name), null, 2)}\n`;
  if (!existsSync(file) || (await readFile(file, "utf8")) !== content) await writeWhole(file, content);
  return { label: labels[name], folder };
}

/** Folder of Jupyter data inside the project's `.venv`. */
export function venvJupyterFolder(): string {
  return join(venvFolder(), "share", "jupyter");
}

/** Describes both kernels to the project's own Jupyter, in `.venv`. */
export async function installKernelSpecs(): Promise<void> {
  await install(venvJupyterFolder(), "safelab");
  await install(venvJupyterFolder(), "tslab");
}

/** Where Jupyter looks for a user's kernels. */
function userJupyterFolder(): string {
  if (process.platform === "darwin") return join(homedir(), "Library", "Jupyter");
  if (process.platform === "win32") return join(homedir(), "AppData", "Roaming", "jupyter");
  return join(homedir(), ".local", "share", "jupyter");
}

/**
 * Describes the kernels to every Jupyter front end of this user, VS Code among them: safelab's own, and tslab as it
 * comes unless the user has one.
 */
export async function installUserKernels(jupyterFolder = userJupyterFolder()): Promise<InstalledKernel[]> {
  const own = await install(jupyterFolder, "safelab");
  return existsSync(folderOf(jupyterFolder, "tslab")) ? [own] : [own, await install(jupyterFolder, "tslab")];
}
