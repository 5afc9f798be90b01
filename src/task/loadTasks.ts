import { existsSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../error.js";
import { type LoadedTasks, readTaskFile } from "./readTaskFile.js";
import { taskFolders } from "./taskFolders.js";

export type { LoadedTasks };

/** Names of the files that a data set may have. @throws InputError when the name could leave its folder. */
export function taskFiles(name: string): { plain: string; gzip: string } {
  if (!/^[A-Za-z0-9][A-Za-z0-9._+-]*$/.test(name)) {
    throw new InputError(`"${name}" is no name of a data set: use letters, digits, ".", "_", "+" and "-"`);
  }
  return { plain: `${name}-tasks.jsonl`, gzip: `${name}-tasks.jsonl.gz` };
}

/** The files that a data set has in some folders, the one that is read first; those of a later folder are not read. */
export function dataSetFiles(name: string, folders: readonly string[] = taskFolders()): string[] {
  const { plain, gzip } = taskFiles(name);
  return folders.flatMap((folder) => [join(folder, plain), join(folder, gzip)]).filter((file) => existsSync(file));
}

/**
 * Loads a data set by name: the first `NAME-tasks.jsonl` or `NAME-tasks.jsonl.gz` in the folders.
 * `bigcodebench` is read in its publisher's format, every other name as one `Task` record a line.
 *
 * @throws InputError when there is none, or at the first malformed line.
 * @example const { tasks } = await loadTasks("demo-unittest");
 */
export async function loadTasks(name: string, folders: readonly string[] = taskFolders()): Promise<LoadedTasks> {
  const { plain, gzip } = taskFiles(name);
  const [path] = dataSetFiles(name, folders);
  if (path === undefined) {
    throw new InputError(
      `no data set "${name}": there is no ${plain} and no ${gzip} in ${folders.join(", ")}; ` +
        `add it with \`safelab tasks add ${name} PATH\``,
    );
  }
  return readTaskFile(name, path);
}
