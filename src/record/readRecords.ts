import { open, readdir } from "node:fs/promises";
import { join } from "node:path";
import { InputError, reasonOf } from "../error.js";
import { issueText } from "./issueText.js";
import { contentText, isReplaceable, keyText, type RecordKind, type RecordOf, recordKinds } from "./recordKinds.js";
import type { RunFolder } from "./runFolder.js";

interface Line {
  readonly text: string;
  readonly place: string;
  /** Whether a newline ends it; without one the write was cut off. */
  readonly whole: boolean;
}

async function* linesOf(folder: string, file: string): AsyncGenerator<Line> {
  const handle = await open(join(folder, file)).catch((cause: unknown) => {
    throw new InputError(`${join(folder, file)} cannot be read (${reasonOf(cause)})`, { cause });
  });
  try {
    const { size } = await handle.stat();
    let number = 0;
    let read = 0;
    for await (const text of handle.readLines({ encoding: "utf8", autoClose: false })) {
      number += 1;
      read += Buffer.byteLength(text) + 1;
      yield { text, place: `${file}:${number}`, whole: read <= size };
    }
  } finally {
    await handle.close();
  }
}

/** The files of one kind: the main one and those of shards (`executions.SHARD.jsonl`), in the order of their names. */
export async function recordFiles(run: RunFolder, kind: RecordKind): Promise<string[]> {
  const names = await readdir(run.path).catch((cause: unknown) => {
    throw new InputError(`the run folder ${run.path} cannot be read (${reasonOf(cause)})`, { cause });
  });
  return names.filter((name) => name.startsWith(`${kind}.`) && /^[a-z]+(\.[\w.-]+)?\.jsonl$/.test(name)).sort();
}

function parseLine<K extends RecordKind>(kind: K, { text, place }: Line): RecordOf<K> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new InputError(`${place}: not JSON (${reasonOf(cause)}); expected one record of ${kind} a line`, { cause });
  }
  const parsed = recordKinds[kind].schema.safeParse(value);
  if (!parsed.success) throw new InputError(`${place}: not a record of ${kind}: ${issueText(parsed.error)}`);
  return parsed.data as RecordOf<K>;
}

/**
 * Reads all records of one kind, shards included, in the order in which they were written. An identical duplicate is
 * dropped, and so is a last line that was cut off.
 *
 * @throws InputError for a line that is no record (file and line) and for two different records under one key.
 */
export async function readRecords<K extends RecordKind>(run: RunFolder, kind: K): Promise<RecordOf<K>[]> {
  const seen = new Map<string, { record: RecordOf<K>; place: string }>();
  for (const file of await recordFiles(run, kind)) {
    for await (const line of linesOf(run.path, file)) {
      if (!line.whole || line.text.trim() === "") continue;
      const record = parseLine(kind, line);
      const key = keyText(kind, record);
      const earlier = seen.get(key);
      if (earlier !== undefined && !isReplaceable(kind, earlier.record)) {
        if (isReplaceable(kind, record) || contentText(kind, earlier.record) === contentText(kind, record)) continue;
        throw new InputError(
          `${join(run.path, line.place)} differs from ${earlier.place} under the same key ${key}: ` +
            "remove the line that is wrong",
        );
      }
      seen.set(key, { record, place: line.place });
    }
  }
  return [...seen.values()].map(({ record }) => record);
}
