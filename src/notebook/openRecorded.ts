import { join } from "node:path";
import { projectRoot } from "../process/projectRoot.js";
import { type OpenRun, openRunAt } from "../record/openRun.js";

/**
 * Opens a recorded run that comes with safelab (`data/recorded/NAME`): real verdicts, the code withheld.
 *
 * @example const oracle = await openRecorded("seccodeplt-oracle");
 * @throws InputError where there is none of that name.
 */
export function openRecorded(name: string): Promise<OpenRun> {
  return openRunAt(join(projectRoot(), "data", "recorded", name));
}
