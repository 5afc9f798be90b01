import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { InputError, reasonOf } from "../error.js";
import { fileChunks } from "./fileChunks.js";
import { issueText } from "./issueText.js";
import { contentText, isReplaceable, keyText, type RecordKind, type RecordOf, recordKinds } from "./recordKinds.js";
import type { RunFolder } from "./runFolder.js";

interface Line {
  readonly text: string;
  readonly file: string;
  readonly number: number;
}

const newline = 10;

/** The lines of a file that a newline ends; a last one without was cut off. */
async function* linesOf(folder: string, file: string): AsyncGenerator<Line> {
  let number = 0;
  let begun: Buffer[] = [];
  for await (const chunk of fileChunks(join(folder, file))) {
    let start = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
      const rest = chunk.subarray(start, end);
      const text = (begun.length === 0 ? rest : Buffer.concat([...begun, rest])).toString("utf8");
      begun = [];
      start = end + 1;
      yield { text, file, number: (number += 1) };
    }
    if (start < chunk.length) begun.push(Buffer.from(chunk.subarray(start)));
  }
}

function placeOf({ file, number }: Pick<Line, "file" | "number">): string {
  return `${file}:${number}`;
}

/** The files of one kind: the main one and those of shards (`executions.SHARD.jsonl`), in the order of their names. */
export async function recordFiles(run: RunFolder, kind: RecordKind): Promise<string[]> {
  const names = await readdir(run.path).catch((cause: unknown) => {
    throw new InputError(`the run folder ${run.path} cannot be read (${reasonOf(cause)})`, { cause });
  });
  return names.filter((name) => name.startsWith(`${kind}.`) && /^[a-z]+(\.[\w.-]+)?\.jsonl$/.test(name)).sort();
}

function parseLine<K extends RecordKind>(kind: K, line: Line): RecordOf<K> {
  let value: unknown;
  try {
    value = JSON.parse(line.text);
  } catch (cause) {
    const reason = `not JSON (${reasonOf(cause)}); expected one record of ${kind} a line`;
    throw new InputError(`${placeOf(line)}: ${reason}`, { cause });
  }
  const parsed = recordKinds[kind].schema.safeParse(value);
  if (!parsed.success) throw new InputError(`${placeOf(line)}: not a record of ${kind}: ${issueText(parsed.error)}`);
  return parsed.data as RecordOf<K>;
}

interface KeepOption<K extends RecordKind> {
  readonly keep?: (record: RecordOf<K>) => RecordOf<K>;
}

/** A record and where it stands. */
export interface PlacedRecord<T> {
  readonly record: T;
  readonly file: string;
  /** Line number, from 1. */
  readonly number: number;
}

/**
 * Reads all records of one kind, shards included, in the order in which they were written. An identical duplicate is
 * dropped, and so is a last line that was cut off.
 *
 * @param options.keep what to keep of a record, all of it unless told; to read large runs in less memory
 * @throws InputError for a line that is no record (file and line) and for two different records under one key.
 */
export async function readRecords<K extends RecordKind>(
  run: RunFolder,
  kind: K,
  options: KeepOption<K> = {},
): Promise<RecordOf<K>[]> {
  return (await readPlacedRecords(run, kind, options)).map(({ record }) => record);
}

/** The same with the place of each record; of records that replace each other that of the last. */
export async function readPlacedRecords<K extends RecordKind>(
  run: RunFolder,
  kind: K,
  { keep }: KeepOption<K> = {},
): Promise<PlacedRecord<RecordOf<K>>[]> {
  const seen = new Map<string, PlacedRecord<RecordOf<K>>>();
  for await (const { record: whole, file, number } of placedRecords(run, kind)) {
    const record = keep === undefined ? whole : keep(whole);
    const key = keyText(kind, record);
    const earlier = seen.get(key);
    if (earlier !== undefined && !isReplaceable(kind, earlier.record)) {
      if (isReplaceable(kind, record) || contentText(kind, earlier.record) === contentText(kind, record)) continue;
      throw new InputError(
        `${join(run.path, placeOf({ file, number }))} differs from ${placeOf(earlier)} under the same key ${key}: ` +
          "remove the line that is wrong",
      );
    }
    seen.set(key, { record, file, number });
  }
  return [...seen.values()];
}

/** Every record of one kind that was ever written, those that later ones replaced included, in the order of the files. */
export async function readHistory<K extends RecordKind>(run: RunFolder, kind: K): Promise<PlacedRecord<RecordOf<K>>[]> {
  const all: PlacedRecord<RecordOf<K>>[] = [];
  for await (const placed of placedRecords(run, kind)) all.push(placed);
  return all;
}

async function* placedRecords<K extends RecordKind>(
  run: RunFolder,
  kind: K,
): AsyncGenerator<PlacedRecord<RecordOf<K>>> {
  for (const file of await recordFiles(run, kind))
    for await (const line of linesOf(run.path, file))
      if (line.text.trim() !== "") yield { record: parseLine(kind, line), file, number: line.number };
}
