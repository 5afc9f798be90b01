import { type FileHandle, open } from "node:fs/promises";
import { join } from "node:path";
import { InputError, reasonOf } from "../error.js";
import { takeLock } from "./lock.js";
import type { RecordKind, RecordOf } from "./recordKinds.js";
import type { RunFolder } from "./runFolder.js";

/** Adds records to one file of a run folder, which it holds locked until it is closed. */
export interface Appender<T> {
  /** Resolves when the record's line is in the file, whole. */
  append(record: T): Promise<void>;
  close(): Promise<void>;
}

/** Length of the file up to the last newline: what a cut-off write left behind it is dropped. */
async function wholeLength(handle: FileHandle): Promise<number> {
  const { size } = await handle.stat();
  const chunk = Buffer.alloc(64 * 1024);
  let end = size;
  while (end > 0) {
    const start = Math.max(0, end - chunk.length);
    const { bytesRead } = await handle.read(chunk, 0, end - start, start);
    const newline = chunk.subarray(0, bytesRead).lastIndexOf(10);
    if (newline >= 0) return start + newline + 1;
    end = start;
  }
  return 0;
}

/**
 * Opens a record file for appending: takes its lock, drops a line that an earlier process left unfinished.
 * A write that fails (a full disk) is taken back, so that every line in the file stays whole.
 *
 * @param options.part the part of the records that the file holds, e.g. one annotator's labels: `KIND.PART.jsonl`
 * @param options.durable each record is on the disk, not only handed to the system, before `append` resolves
 * @throws InputError when the file is in use or cannot be written.
 */
export async function openAppender<K extends RecordKind>(
  run: RunFolder,
  kind: K,
  { part, durable }: { readonly part?: string; readonly durable?: true } = {},
): Promise<Appender<RecordOf<K>>> {
  const file = join(run.path, part === undefined ? `${kind}.jsonl` : `${kind}.${part}.jsonl`);
  const release = await takeLock(file);
  let handle: FileHandle;
  let length: number;
  try {
    handle = await open(file, "a+");
    length = await wholeLength(handle);
    await handle.truncate(length);
  } catch (cause) {
    await release();
    throw new InputError(`${file} cannot be written (${reasonOf(cause)}): give a folder that you may write to`, {
      cause,
    });
  }

  const write = async (record: RecordOf<K>): Promise<void> => {
    const line = Buffer.from(`${JSON.stringify(record)}\n`, "utf8");
    try {
      await handle.appendFile(line);
      if (durable) await handle.datasync();
    } catch (cause) {
      await handle.truncate(length);
      throw new InputError(
        `${file}: a record could not be written (${reasonOf(cause)}); nothing is lost, start again`,
        {
          cause,
        },
      );
    }
    length += line.length;
  };

  let last: Promise<void> = Promise.resolve();
  return {
    append(record) {
      const next = last.catch(() => undefined).then(() => write(record));
      last = next;
      return next;
    },
    async close() {
      await last.catch(() => undefined);
      await handle.close();
      await release();
    },
  };
}
