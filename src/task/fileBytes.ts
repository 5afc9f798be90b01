import { readFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import { InputError, reasonOf } from "../error.js";

/** Whether bytes begin as gzip does; names of files may lie. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
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

/** The text of a file's bytes, unpacked where they are gzip. @throws InputError when they are no UTF-8 or no whole gzip file. */
export function textIn(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(isGzip(bytes) ? gunzipSync(bytes) : bytes);
  } catch (cause) {
    throw new InputError(`${path}: neither UTF-8 text nor a whole gzip file (${reasonOf(cause)})`, { cause });
  }
}
