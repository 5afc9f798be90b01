import { mkdir, readdir, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { projectRoot } from "../process/projectRoot.js";
import type { NotebookOptions, NotebookResult } from "./runNotebook.js";
import { runNotebooks } from "./runNotebooks.js";

/** Folder of the notebooks that come with safelab. */
export function notebooksFolder(): string {
  return join(projectRoot(), "notebooks");
}

/** Names of the notebooks that come with safelab, sorted, without `.ipynb`. */
export async function notebookNames(): Promise<string[]> {
  const files = await readdir(notebooksFolder());
  return files
    .filter((file) => file.endsWith(".ipynb"))
    .map((file) => file.slice(0, -".ipynb".length))
    .sort();
}

/**
 * Runs notebooks that come with safelab as in a fresh clone: their cells see the project's `data` beside an empty `out`,
 * so that a notebook which drives a run starts one. Writes them with outputs, and as pages, to a folder.
 *
 * @throws as `runNotebook`
 */
export async function freshNotebooks(
  names: readonly string[],
  folder: string,
  options: NotebookOptions = {},
): Promise<NotebookResult[]> {
  // Inside the project, where the cells find the package; one for each process.
  const clone = join(projectRoot(), "out", `.fresh-${process.pid}`);
  const cwd = join(clone, "notebooks");
  await rm(clone, { recursive: true, force: true });
  await mkdir(cwd, { recursive: true });
  try {
    await symlink(join(projectRoot(), "data"), join(clone, "data"), "junction");
    const notebooks = names.map((name) => join(notebooksFolder(), `${name}.ipynb`));
    return await runNotebooks(notebooks, folder, { ...options, cwd });
  } finally {
    await rm(clone, { recursive: true, force: true });
  }
}
