import { randomUUID } from "node:crypto";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { InputError, reasonOf } from "../error.js";
import { bytesOf, isGzip } from "./fileBytes.js";
import { taskFiles } from "./loadTasks.js";
import { type LoadedTasks, readTaskFile } from "./readTaskFile.js";

/**
 * Checks a file as the data set `name` and copies it into a folder, where `loadTasks` finds it.
 * A data set of that name in the folder is replaced.
 *
 * @throws InputError when the file is absent or malformed, or the folder cannot be written.
 */
export async function addTasks(name: string, path: string, folder: string): Promise<LoadedTasks> {
  const files = taskFiles(name);
  const loaded = await readTaskFile(name, path);
  const bytes = await bytesOf(path);
  const [kept, other] = isGzip(bytes) ? [files.gzip, files.plain] : [files.plain, files.gzip];
  const target = join(folder, kept);
  const temporary = join(folder, `.${kept}.${randomUUID()}`);
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(temporary, bytes, { flag: "wx" });
    await rename(temporary, target);
    await rm(join(folder, other), { force: true });
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw new InputError(`cannot write ${target}: ${reasonOf(cause)}; make ${folder} writable or set SAFELAB_DATA`, {
      cause,
    });
  }
  return { ...loaded, path: target };
}
