import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { fileChunks } from "./fileChunks.js";
import { recordFiles } from "./readRecords.js";
import type { RecordKind } from "./recordKinds.js";
import type { RunFolder } from "./runFolder.js";

/** What a record file was at one moment. Times are nanoseconds, as text. */
export interface LogStamp {
  readonly file: string;
  readonly size: number;
  readonly modified: string;
  readonly changed: string;
  readonly sha256: string;
  /** Changed so shortly before the moment that another change could bear the same time. */
  readonly fresh: boolean;
}

type Times = Pick<LogStamp, "file" | "size" | "modified" | "changed">;

const freshNanoseconds = 2_000_000_000n;

async function timesOf(run: RunFolder, file: string): Promise<Times> {
  const { size, mtimeNs, ctimeNs } = await stat(join(run.path, file), { bigint: true });
  return { file, size: Number(size), modified: String(mtimeNs), changed: String(ctimeNs) };
}

async function hashOf(run: RunFolder, file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of fileChunks(join(run.path, file))) hash.update(chunk);
  return hash.digest("hex");
}

async function filesOf(run: RunFolder, kinds: readonly RecordKind[]): Promise<string[]> {
  return (await Promise.all(kinds.map((kind) => recordFiles(run, kind)))).flat();
}

/** Stamps the files of these kinds, with a hash of their content. */
export async function stampLogs(run: RunFolder, kinds: readonly RecordKind[]): Promise<LogStamp[]> {
  const stamps: LogStamp[] = [];
  for (const file of await filesOf(run, kinds)) {
    const now = BigInt(Date.now()) * 1_000_000n;
    const times = await timesOf(run, file);
    const fresh = [times.modified, times.changed].some((time) => now - BigInt(time) < freshNanoseconds);
    stamps.push({ ...times, sha256: await hashOf(run, file), fresh });
  }
  return stamps;
}

/**
 * Whether the files of these kinds are what they were. Where size and times agree that is taken for certain, unless the stamp was too
 * fresh to tell; otherwise the content decides, so that a copied folder counts as the same.
 */
export async function logsAreAsStamped(
  run: RunFolder,
  kinds: readonly RecordKind[],
  stamps: readonly LogStamp[],
): Promise<boolean> {
  const files = await filesOf(run, kinds);
  if (files.length !== stamps.length) return false;
  for (const [i, stamp] of stamps.entries()) {
    if (files[i] !== stamp.file) return false;
    const times = await timesOf(run, stamp.file);
    if (times.size !== stamp.size) return false;
    const untouched = times.modified === stamp.modified && times.changed === stamp.changed;
    if ((!untouched || stamp.fresh) && (await hashOf(run, stamp.file)) !== stamp.sha256) return false;
  }
  return true;
}
