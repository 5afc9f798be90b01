import { readFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import { InputError, reasonOf } from "../error.js";

/**
 * The text of a report, unpacked where it is gzip.
 *
 * @throws InputError for a file that cannot be read.
 */
export async function reportText(file: string): Promise<string> {
  try {
    const bytes = await readFile(file);
    return (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString("utf8");
  } catch (cause) {
    throw new InputError(`${file} cannot be read (${reasonOf(cause)})`, { cause });
  }
}
