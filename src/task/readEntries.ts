import { InputError } from "../error.js";
import { bytesOf, textIn } from "./fileBytes.js";

/** One entry of a file, with its place for error messages. */
export interface Entry {
  readonly value: unknown;
  readonly where: string;
}

/**
 * The entries of a file of JSON Lines or of one JSON array, `.gz` too.
 *
 * @param expected what the file should hold, for the message
 * @throws InputError naming file and line where it is no JSON.
 */
export async function readEntries(path: string, expected: string): Promise<Entry[]> {
  const text = textIn(await bytesOf(path), path).replace(/^\uFEFF/, "");
  const jsonOf = (part: string, where: string): unknown => {
    try {
      return JSON.parse(part);
    } catch (cause) {
      throw new InputError(`${where}: not JSON; expected ${expected}`, { cause });
    }
  };
  if (text.trimStart().startsWith("["))
    return (jsonOf(text, path) as unknown[]).map((value, at) => ({ value, where: `${path}, entry ${at + 1}` }));
  return text.split("\n").flatMap((line, at) => {
    const where = `${path}:${at + 1}`;
    return line.trim() === "" ? [] : [{ value: jsonOf(line, where), where }];
  });
}
