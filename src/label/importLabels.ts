import { readFile } from "node:fs/promises";
import { InputError, reasonOf } from "../error.js";
import { issueText } from "../record/issueText.js";
import { joinLabels } from "../record/joinLabels.js";
import { looseLabelLines } from "../record/looseLabels.js";
import { openAppender } from "../record/openAppender.js";
import { openRunAt } from "../record/openRun.js";
import { type PlacedRecord, readRecords } from "../record/readRecords.js";
import { contentText, keyOf } from "../record/recordKinds.js";
import { Label } from "../record/schema/label.js";
import { parseLabelCsv } from "./labelCsv.js";

/** How many labels were added, and how many stood there with the same answer. */
export interface LabelImport {
  readonly added: number;
  readonly known: number;
}

/**
 * Adds labels from a CSV or JSON Lines file to those of a run, each to the file of its annotator. Everything is checked before anything is
 * written.
 *
 * @throws InputError for a file that cannot be read, and a line that is no label or has no sample: file and line.
 */
export async function importLabels(folder: string, file: string): Promise<LabelImport> {
  const { run, rows } = await openRunAt(folder);
  const placed = await readLabelFile(file);
  const { loose } = joinLabels(rows, placed, run.study);
  if (loose.length > 0) throw new InputError(`nothing was added. ${looseLabelLines(loose).join(" ")}`);
  const now = new Map((await readRecords(run, "labels")).map((label) => [keyText(label), label]));
  const last = new Map(placed.map(({ record }) => [keyText(record), record]));
  // What already ends with the same answer is known, so that the same file, history and all, can be imported twice.
  const isKnown = (key: string) => {
    const [before, after] = [now.get(key), last.get(key)];
    return (
      before !== undefined && after !== undefined && contentText("labels", before) === contentText("labels", after)
    );
  };
  const fresh = placed.map(({ record }) => record).filter((record) => !isKnown(keyText(record)));
  for (const annotator of new Set(fresh.map((label) => label.annotator))) {
    const appender = await openAppender(run, "labels", { part: annotator });
    try {
      for (const label of fresh) if (label.annotator === annotator) await appender.append(label);
    } finally {
      await appender.close();
    }
  }
  return { added: fresh.length, known: placed.length - fresh.length };
}

function keyText(label: Label): string {
  return JSON.stringify(keyOf("labels", label));
}

async function readLabelFile(file: string): Promise<PlacedRecord<Label>[]> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (cause) {
    throw new InputError(`${file} cannot be read (${reasonOf(cause)})`, { cause });
  }
  const isCsv = /\.csv$/i.test(file);
  const plain = text.replace(/^\ufeff/, "");
  // The header is the first line of CSV; a note with line breaks shifts the count, so that records are counted.
  const raw = isCsv ? parseLabelCsv(plain).map((value, i) => ({ value, number: i + 2 })) : parseJsonLines(plain, file);
  if (raw.length === 0) throw new InputError(`${file} holds no label`);
  return raw.map(({ value, number }) => {
    const parsed = Label.safeParse(value);
    if (!parsed.success) throw new InputError(`${file}:${number}: not a label: ${issueText(parsed.error)}`);
    return { record: parsed.data, file, number };
  });
}

function parseJsonLines(text: string, file: string): { readonly value: unknown; readonly number: number }[] {
  return text.split("\n").flatMap((line, i) => {
    if (line.trim() === "") return [];
    try {
      return [{ value: JSON.parse(line) as unknown, number: i + 1 }];
    } catch (cause) {
      throw new InputError(`${file}:${i + 1}: not JSON (${reasonOf(cause)}); expected one label a line`, { cause });
    }
  });
}
