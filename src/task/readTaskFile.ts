import { createHash } from "node:crypto";
import { bytesOf, textIn } from "./fileBytes.js";
import { parseTasks } from "./parseTasks.js";
import { isSecCodePltText, secCodePltBeside } from "./secCodePltBeside.js";
import type { Task } from "./task.js";
import { readSecCodePlt } from "./readSecCodePlt.js";
import { testsHash } from "./testsHash.js";

/** A data set as it was read. */
export interface LoadedTasks {
  readonly name: string;
  /** In the order of the file. */
  readonly tasks: readonly Task[];
  /** SHA-256 of the file's bytes. */
  readonly sha256: string;
  /** SHA-256 over what decides verdicts; it stays when only prompts or labels change. */
  readonly testsHash: string;
  readonly path: string;
}

/**
 * Reads one file as the data set `name`, in the format that belongs to the name.
 *
 * @throws InputError when the file is absent or malformed.
 */
export async function readTaskFile(name: string, path: string): Promise<LoadedTasks> {
  const bytes = await bytesOf(path);
  const text = textIn(bytes, path);
  const tasks =
    name === "seccodeplt" && isSecCodePltText(text)
      ? (await readSecCodePlt(secCodePltBeside(path), name)).tasks
      : parseTasks(text, name, path);
  return loadedTasks({ name, path, tasks }, bytes);
}

/** Tasks with the hashes of the file that they were read from and of what decides verdicts. */
export function loadedTasks(read: Pick<LoadedTasks, "name" | "path" | "tasks">, bytes: Uint8Array): LoadedTasks {
  return { ...read, sha256: createHash("sha256").update(bytes).digest("hex"), testsHash: testsHash(read.tasks) };
}
