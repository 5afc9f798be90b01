import { existsSync } from "node:fs";
import { readdir, rm, rmdir } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { InputError } from "../error.js";
import { recordKinds } from "../record/recordKinds.js";
import { createRunFolder, type RunFolder } from "../record/runFolder.js";
import { syncTaskFacts } from "./syncTaskFacts.js";

const recordFile = new RegExp(`^(${Object.keys(recordKinds).join("|")})(\\.[\\w.-]+)?\\.jsonl(\\.gz)?$`);

/** Records without their study belong to somebody: what they answer is not known. */
async function refuseRecords(folder: string): Promise<void> {
  if (existsSync(join(folder, "run.json"))) return;
  const found = (await readdir(folder).catch(() => [])).find((name) => recordFile.test(name));
  if (found !== undefined)
    throw new InputError(
      `${folder} holds ${found} but no run.json: choose another folder, or put back the run.json that belongs to it`,
    );
}

/** The folders that making `folder` makes, innermost first. */
function foldersToMake(folder: string): string[] {
  return existsSync(folder) ? [] : [folder, ...foldersToMake(dirname(folder))];
}

/** Takes back what `createRun` wrote. A folder goes only if it was made here and holds nothing else. */
async function removeRun({ path }: RunFolder, made: readonly string[]): Promise<void> {
  for (const name of ["run.json", "tasks.jsonl"]) await rm(join(path, name), { force: true });
  for (const folder of made) await rmdir(folder).catch(() => undefined);
}

/**
 * Makes a run folder from the text of its `run.json`, with the facts of its tasks; where that fails nothing of it stays.
 *
 * @throws InputError for a study that is not valid, a data set that is not there, a folder that is taken, holds records or is closed.
 */
export async function createRun(path: string, text: string): Promise<RunFolder> {
  const folder = resolve(path);
  await refuseRecords(folder);
  const made = foldersToMake(folder);
  const run = await createRunFolder(path, text);
  try {
    await syncTaskFacts(run);
  } catch (error) {
    await removeRun(run, made);
    throw error;
  }
  return run;
}
