import { existsSync } from "node:fs";
import { createRequire, Module } from "node:module";
import { delimiter, join, relative, resolve } from "node:path";
import { projectRoot } from "../../process/projectRoot.js";

/** The parts of TypeScript's view of the file system through which it finds modules. */
interface ModuleFiles {
  fileExists: (path: string) => boolean;
  readFile: (path: string, encoding?: string) => string | undefined;
  directoryExists: (path: string) => boolean;
  getDirectories: (path: string) => string[];
}

function canImportFrom(folder: string): boolean {
  try {
    createRequire(join(folder, "cell.js")).resolve("safelab");
    return true;
  } catch {
    return false;
  }
}

/**
 * Lets the cells of a notebook that lies outside the project import safelab, and what comes with it, by name, with types:
 * what `node_modules` beside the notebook does not hold is looked for in the project's. Does nothing where the import works anyway.
 *
 * @param folder - the folder of the notebook
 */
export function importFromAnywhere(folder: string): void {
  if (canImportFrom(folder)) return;
  const modules = join(projectRoot(), "node_modules");
  process.env["NODE_PATH"] = [modules, process.env["NODE_PATH"] ?? ""].filter((part) => part !== "").join(delimiter);
  (Module as unknown as { _initPaths(): void })._initPaths();

  const { sys } = createRequire(import.meta.url)("@tslab/typescript-for-tslab") as { sys: ModuleFiles };
  const beside = resolve(folder, "node_modules");
  const own = join("safelab", "node_modules");
  const found = (path: string) => {
    const inside = relative(beside, path);
    // What safelab uses is beside it, too: the compiler must be able to name it from the cell.
    const elsewhere = inside.startsWith("..") || inside.startsWith(own) || existsSync(path);
    return elsewhere ? path : join(modules, inside);
  };
  const { fileExists, readFile, directoryExists, getDirectories } = sys;
  sys.fileExists = (path) => fileExists(found(path));
  sys.readFile = (path, encoding) => readFile(found(path), encoding);
  sys.directoryExists = (path) => directoryExists(found(path));
  sys.getDirectories = (path) => getDirectories(found(path));
}
