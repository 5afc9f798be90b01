import { randomBytes } from "node:crypto";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { InputError, reasonOf } from "../error.js";

/**
 * Writes a file whole, of a text, bytes or pieces of bytes: under a temporary name beside it first, then renamed. Missing folders are made.
 *
 * @throws InputError when it cannot be written; nothing half-written stays.
 */
export async function writeWhole(file: string, content: string | Uint8Array | readonly Uint8Array[]): Promise<void> {
  const aside = join(dirname(file), `.${basename(file)}.${randomBytes(4).toString("hex")}`);
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(aside, content);
    await rename(aside, file);
  } catch (cause) {
    await rm(aside, { force: true }).catch(() => undefined);
    throw new InputError(`${file} cannot be written (${reasonOf(cause)}): give a folder that you may write to`, {
      cause,
    });
  }
}
