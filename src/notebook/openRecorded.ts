import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { InputError } from "../error.js";
import { projectRoot } from "../process/projectRoot.js";
import { type OpenRun, openRunAt } from "../record/openRun.js";

/**
 * Opens a recorded run that comes with safelab (`data/recorded/NAME`): real verdicts, the code withheld.
 *
 * @example const oracle = await openRecorded("seccodeplt-oracle");
 * @throws InputError where there is none of that name.
 */
export async function openRecorded(name: string): Promise<OpenRun> {
  const folder = join(projectRoot(), "data", "recorded");
  const known = await readdir(folder);
  if (!known.includes(name)) {
    throw new InputError(`there is no recorded run "${name}": there are ${known.sort().join(", ")}`);
  }
  return openRunAt(join(folder, name));
}
