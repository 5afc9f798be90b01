import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { projectRoot } from "../process/projectRoot.js";

function ancestors(folder: string): string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...ancestors(parent)];
}

/**
 * The run folder that a notebook means: a relative path is looked for from the notebook's folder, the folders above it, the
 * project's notebooks and the project, in this order. Where none holds a `run.json`, the path from the notebook's folder.
 *
 * @param folder - the folder of the notebook, absolute
 */
export function findRunFolder(path: string, folder: string): string {
  const project = projectRoot();
  const bases = [...ancestors(folder), join(project, "notebooks"), project];
  const places = bases.map((base) => resolve(base, path));
  return places.find((place) => existsSync(join(place, "run.json"))) ?? resolve(folder, path);
}
