import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { SetupError } from "../error.js";
import { hostEnvironment } from "../process/hostEnvironment.js";
import { projectRoot } from "../process/projectRoot.js";
import { runProgram } from "../process/runProgram.js";
import { requireExtra, venvFolder } from "../process/venv.js";
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

/** What decides where Jupyter keeps a user's data: its own settings, and the desktop's. */
const deciding = /^(JUPYTER_.*|XDG_.*|APPDATA|LOCALAPPDATA|USERPROFILE)$/;

/**
 * Where Jupyter looks for a user's kernels, in Jupyter's own words: `JUPYTER_DATA_DIR` where that is set, else a folder that
 * depends on the system.
 *
 * @throws SetupError where the project's Jupyter cannot be asked.
 */
async function userJupyterFolder(): Promise<string> {
  const { python } = await requireExtra("base");
  const own = Object.entries(process.env).filter(
    (entry): entry is [string, string] => deciding.test(entry[0]) && entry[1] !== undefined,
  );
  const ask = "from jupyter_core.paths import jupyter_data_dir; print(jupyter_data_dir())";
  const { stdout, stderr, exitCode } = await runProgram(python, ["-c", ask], {
    env: { ...hostEnvironment(), ...Object.fromEntries(own) },
  });
  const folder = stdout.trim();
  if (exitCode === 0 && folder !== "") return resolve(folder);
  throw new SetupError(
    `Jupyter in .venv does not say where it keeps kernels (${stderr.trim().split("\n").at(-1) ?? ""}): remove .venv and run \`npx safelab setup\``,
  );
}

/**
 * Describes the kernels to every Jupyter front end of this user, VS Code among them: safelab's own, and tslab as it
 * comes unless the user has one.
 *
 * @throws SetupError where the project's Jupyter cannot be asked for the folder.
 */
export async function installUserKernels(jupyterFolder?: string): Promise<InstalledKernel[]> {
  const into = jupyterFolder ?? (await userJupyterFolder());
  const own = await install(into, "safelab");
  return existsSync(folderOf(into, "tslab")) ? [own] : [own, await install(into, "tslab")];
}
