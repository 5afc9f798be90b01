import { join } from "node:path";
import { projectRoot } from "../process/projectRoot.js";
import { setting } from "../process/setting.js";

/** Folder that `safelab tasks add` copies data sets to. */
export function externalFolder(): string {
  return join(projectRoot(), "data", "external");
}

/**
 * The folders in which data sets are looked for, first match wins: that of the environment variable
 * `SAFELAB_DATA` when set, what the user added, the bundled demo.
 */
export function taskFolders(): string[] {
  const own = setting("SAFELAB_DATA");
  return [...(own === undefined ? [] : [own]), externalFolder(), join(projectRoot(), "data", "demo")];
}
