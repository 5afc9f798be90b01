import { rm } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { writeWhole } from "../record/writeWhole.js";
import { taskFiles } from "./loadTasks.js";
import { readSecCodePlt, type SecCodePltFiles, type SecCodePltTasks } from "./readSecCodePlt.js";
import { type LoadedTasks, readTaskFile } from "./readTaskFile.js";

/** The data set as it was kept, and what was left out. */
export type AddedSecCodePlt = LoadedTasks & Omit<SecCodePltTasks, "tasks">;

/**
 * Makes the task file of SecCodePLT+ from the publishers' files and puts it into a folder, where `loadTasks` finds it under the name.
 *
 * @throws InputError when a file is absent or malformed, or the folder cannot be written.
 */
export async function addSecCodePlt(name: string, files: SecCodePltFiles, folder: string): Promise<AddedSecCodePlt> {
  const kept = taskFiles(name);
  const { tasks, ...leftOut } = await readSecCodePlt(files, name);
  const target = join(folder, kept.gzip);
  await writeWhole(target, gzipSync(tasks.map((task) => `${JSON.stringify(task)}\n`).join("")));
  await rm(join(folder, kept.plain), { force: true });
  return { ...(await readTaskFile(name, target)), ...leftOut };
}
