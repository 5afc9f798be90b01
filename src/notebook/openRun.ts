import { join } from "node:path";
import { projectRoot } from "../process/projectRoot.js";
import { type OpenRun, openRunAt } from "../record/openRun.js";

/**
 * Opens the run that a notebook is about: the folder that the environment variable `SAFELAB_RUN` names, else `path`,
 * else the bundled demo study.
 *
 * @example const { run, rows, table, frame } = await openRun("../out/run");
 * @throws InputError for a missing folder or a record that does not fit (file and line).
 */
export function openRun(path = join(projectRoot(), "data", "demo")): Promise<OpenRun> {
  const chosen = process.env["SAFELAB_RUN"];
  return openRunAt(chosen === undefined || chosen === "" ? path : chosen);
}
