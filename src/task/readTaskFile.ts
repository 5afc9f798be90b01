import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import { InputError, reasonOf } from "../error.js";
import { parseTasks } from "./parseTasks.js";
import type { Task } from "./task.js";
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

/** Whether bytes begin as gzip does; names of files may lie. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function textOf(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(isGzip(bytes) ? gunzipSync(bytes) : bytes);
  } catch (cause) {
    throw new InputError(`${path}: neither UTF-8 text nor a whole gzip file (${reasonOf(cause)})`, { cause });
  }
}

/** The bytes of a file. @throws InputError when it is absent or unreadable. */
export async function bytesOf(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new InputError(`cannot read ${path}: ${reasonOf(cause)}; give the path of a file that you may read`, {
      cause,
    });
  }
}

/**
 * Reads one file as the data set `name`, in the format that belongs to the name.
 *
 * @throws InputError when the file is absent or malformed.
 */
export async function readTaskFile(name: string, path: string): Promise<LoadedTasks> {
  const bytes = await bytesOf(path);
  const tasks = parseTasks(textOf(bytes, path), name, path);
  return { name, tasks, sha256: createHash("sha256").update(bytes).digest("hex"), testsHash: testsHash(tasks), path };
}
