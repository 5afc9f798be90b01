import { readFile } from "node:fs/promises";
import { z } from "zod";
import { InputError, reasonOf } from "../error.js";
import { issueText } from "../record/issueText.js";
import { SampleKey } from "../record/schema/sample.js";
import type { FileMap } from "./matchFiles.js";

const Line = SampleKey.partial()
  .extend({ file: z.string().min(1), scanHash: z.string().optional() })
  .strict()
  .refine((line) => Object.keys(line).length > 1, "says nothing of the sample");

const expected =
  'expected one object a line: {"file": "a.py", "task": "…", "model": "…"} or {"file": "a.py", "scanHash": "…"}';

/**
 * Reads which sample each file of a report holds: JSON Lines of `file` and values of the sample key, or its `scanHash`.
 *
 * @throws InputError at the first line that is none.
 */
export async function readFileMap(path: string): Promise<FileMap> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new InputError(`${path} cannot be read (${reasonOf(cause)})`, { cause });
  });
  const map = new Map<string, Omit<z.infer<typeof Line>, "file">>();
  for (const [at, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const where = `${path}:${at + 1}`;
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch (cause) {
      throw new InputError(`${where}: not JSON; ${expected}`, { cause });
    }
    const parsed = Line.safeParse(value);
    if (!parsed.success) throw new InputError(`${where}: ${issueText(parsed.error)}; ${expected}`);
    const { file, ...sample } = parsed.data;
    if (map.has(file)) throw new InputError(`${where}: ${file} stands in an earlier line already`);
    map.set(file, sample);
  }
  if (map.size === 0) throw new InputError(`${path} names no file; ${expected}`);
  return map as FileMap;
}
