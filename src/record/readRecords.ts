import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { InputError, reasonOf } from "../error.js";
import { cutOffAdvice } from "./brokenLineAdvice.js";
import { fileChunks } from "./fileChunks.js";
import { keyIndex } from "./keyIndex.js";
import { parseRecordLine } from "./parseRecordLine.js";
import { contentText, isReplaceable, keyOf, type RecordKind, type RecordOf } from "./recordKinds.js";
import type { RunFolder } from "./runFolder.js";

interface Place {
  readonly file: string;
  readonly number: number;
}

interface Line extends Place {
  readonly text: string;
}

const newline = 10;

/** Visits the lines of a file that a newline ends, and says whether there is a last one without: it was cut off. */
async function forEachLine(folder: string, file: string, visit: (line: Line) => void): Promise<boolean> {
  let number = 0;
  let begun: Buffer[] = [];
  for await (const chunk of fileChunks(join(folder, file))) {
    let start = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
      const bytes = begun.length === 0 ? chunk : Buffer.concat([...begun, chunk.subarray(start, end)]);
      const text = begun.length === 0 ? bytes.toString("utf8", start, end) : bytes.toString("utf8");
      begun = [];
      start = end + 1;
      visit({ text, file, number: (number += 1) });
    }
    if (start < chunk.length) begun.push(Buffer.from(chunk.subarray(start)));
  }
  return begun.length > 0;
}

function placeOf({ file, number }: Place): string {
  return `${file}:${number}`;
}

/** The files of one kind: the main one and those of parts (`executions.PART.jsonl`), compressed ones too, in the order of their names. */
export async function recordFiles(run: RunFolder, kind: RecordKind): Promise<string[]> {
  const names = await readdir(run.path).catch((cause: unknown) => {
    throw new InputError(
      `the run folder ${run.path} cannot be read (${reasonOf(cause)}): give yourself the right to read it`,
      { cause },
    );
  });
  return names.filter((name) => name.startsWith(`${kind}.`) && /^[a-z]+(\.[\w.-]+)?\.jsonl(\.gz)?$/.test(name)).sort();
}

interface ReadOptions<K extends RecordKind> {
  /** What to keep of a record, all of it unless told; to read large runs in less memory. */
  readonly keep?: (record: RecordOf<K>) => RecordOf<K>;
  /** Refuses a file whose last line was cut off: for records that say what the others are to be held against. */
  readonly whole?: true;
}

/** A record and where it stands. */
export interface PlacedRecord<T> {
  readonly record: T;
  readonly file: string;
  /** Line number, from 1. */
  readonly number: number;
}

/** Records with their files and line numbers, one list each: large runs have no room for an object more a record. */
interface PlacedLists<T> {
  readonly records: T[];
  readonly files: string[];
  readonly numbers: number[];
}

/**
 * Reads all records of one kind, shards included, in the order in which they were written. An identical duplicate is
 * dropped, and so is a last line that was cut off, unless `whole` is told.
 *
 * @throws InputError for a line that is no record (file and line), for two different records under one key, and for a cut-off file with `whole`.
 */
export async function readRecords<K extends RecordKind>(
  run: RunFolder,
  kind: K,
  options: ReadOptions<K> = {},
): Promise<RecordOf<K>[]> {
  return (await readLists(run, kind, options)).records;
}

/** The same with the place of each record; of records that replace each other that of the last. */
export async function readPlacedRecords<K extends RecordKind>(
  run: RunFolder,
  kind: K,
): Promise<PlacedRecord<RecordOf<K>>[]> {
  const { records, files, numbers } = await readLists(run, kind, {});
  return records.map((record, i) => ({ record, file: files[i] ?? "", number: numbers[i] ?? 0 }));
}

async function readLists<K extends RecordKind>(
  run: RunFolder,
  kind: K,
  { keep, whole }: ReadOptions<K>,
): Promise<PlacedLists<RecordOf<K>>> {
  const records: RecordOf<K>[] = [];
  const files: string[] = [];
  const numbers: number[] = [];
  const indexOf = keyIndex<number>(kind);
  const add = (line: Line): void => {
    const full = parseRecordLine(kind, line.text, () => join(run.path, placeOf(line)));
    const record = keep === undefined ? full : keep(full);
    const key = keyOf(kind, record);
    const index = indexOf.get(key) ?? records.length;
    const earlier = records[index];
    if (earlier !== undefined && !isReplaceable(kind, earlier)) {
      if (isReplaceable(kind, record) || contentText(kind, earlier) === contentText(kind, record)) return;
      throw new InputError(
        `${join(run.path, placeOf(line))} differs from ${placeOf({ file: files[index] ?? "", number: numbers[index] ?? 0 })} under the same key ${JSON.stringify(key)}: ` +
          "remove the line that is wrong",
      );
    }
    indexOf.set(key, index);
    records[index] = record;
    files[index] = line.file;
    numbers[index] = line.number;
  };
  for (const file of await recordFiles(run, kind)) {
    const cutOff = await forEachLine(run.path, file, (line) => {
      if (line.text.trim() !== "") add(line);
    });
    if (cutOff && whole) {
      throw new InputError(
        `${join(run.path, file)}: the last line was cut off (no line break ends it), so it is not known which ${kind} the run has: ` +
          cutOffAdvice(kind, file),
      );
    }
  }
  return { records, files, numbers };
}

/** Every record of one kind that was ever written, those that later ones replaced included, in the order of the files. */
export async function readHistory<K extends RecordKind>(run: RunFolder, kind: K): Promise<PlacedRecord<RecordOf<K>>[]> {
  const all: PlacedRecord<RecordOf<K>>[] = [];
  for (const file of await recordFiles(run, kind)) {
    await forEachLine(run.path, file, (line) => {
      if (line.text.trim() !== "")
        all.push({
          record: parseRecordLine(kind, line.text, () => join(run.path, placeOf(line))),
          file,
          number: line.number,
        });
    });
  }
  return all;
}
