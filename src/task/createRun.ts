import { rm, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { createRunFolder, type RunFolder } from "../record/runFolder.js";
import { syncTaskFacts } from "./syncTaskFacts.js";

/** Takes back a run folder that holds nothing but what `createRun` wrote. */
export async function removeRun({ path }: RunFolder): Promise<void> {
  for (const name of ["run.json", "tasks.jsonl"]) await rm(join(path, name), { force: true });
  await rmdir(path).catch(() => undefined);
}

/**
 * Makes a run folder from the text of its `run.json`, with the facts of its tasks; where that fails nothing stays.
 *
 * @throws InputError for a study that is not valid, a data set that is not there, a folder that is taken or closed.
 */
export async function createRun(path: string, text: string): Promise<RunFolder> {
  const run = await createRunFolder(path, text);
  try {
    await syncTaskFacts(run);
  } catch (error) {
    await removeRun(run);
    throw error;
  }
  return run;
}
