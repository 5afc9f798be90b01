import { setting } from "../process/setting.js";
import { type OpenRun, openRunAt } from "../record/openRun.js";
import { findRunFolder } from "./findRunFolder.js";

/**
 * Opens the run that a notebook is about: the folder that the environment variable `SAFELAB_RUN` names, else `path`, else the
 * bundled demo study. A relative path is found wherever in the project the notebook lies, and from outside it.
 *
 * @example const { run, rows, table, frame } = await openRun("data/demo");
 * @throws InputError for a missing folder or a record that does not fit (file and line).
 */
export function openRun(path = "data/demo"): Promise<OpenRun> {
  return openRunAt(findRunFolder(setting("SAFELAB_RUN") ?? path, process.cwd()));
}
