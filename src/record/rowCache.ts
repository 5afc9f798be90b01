import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import { createHash } from "node:crypto";
import { version } from "../process/version.js";
import { canonicalJson, sha256 } from "./canonical.js";
import { logsAreAsStamped, type LogStamp, stampLogs } from "./logStamps.js";
import { packRows, type PackedRows, unpackRows } from "./packedRows.js";
import type { RecordKind } from "./recordKinds.js";
import type { RunFolder } from "./runFolder.js";
import type { ResultRow } from "./schema/resultRow.js";
import { writeWhole } from "./writeWhole.js";

/** The records that result rows are made of. */
const kinds: readonly RecordKind[] = ["tasks", "samples", "executions", "scans", "judgements"];

/** Logs smaller than this are read in well under a second; their folders stay as they are. */
const leastBytes = 8 * 2 ** 20;

/** The first line of the cache file; the packed rows follow. */
interface Header {
  /** Raised when rows are made or packed in another way. */
  readonly format: 5;
  readonly safelab: string;
  /** SHA-256 of the study, so that an edited `run.json` gives new rows. */
  readonly study: string;
  readonly stamps: readonly LogStamp[];
  /** SHA-256 of what follows. */
  readonly content: string;
}

const hashOf = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

function cacheFile(run: RunFolder): string {
  return join(run.path, ".cache", "results");
}

/** What a cache must say to fit this run and this version of safelab. */
function expected(run: RunFolder): Pick<Header, "format" | "safelab" | "study"> {
  return { format: 5, safelab: version(), study: sha256(canonicalJson(run.study)) };
}

/** The rows in the cache, or `undefined` where it is absent, damaged, or made from other records. */
async function readCache(run: RunFolder): Promise<PackedRows | undefined> {
  try {
    const bytes = await readFile(cacheFile(run));
    const end = bytes.indexOf("\n");
    const { stamps, content, ...made } = JSON.parse(bytes.toString("utf8", 0, end)) as Header;
    const packed = bytes.subarray(end + 1);
    if (canonicalJson(made) !== canonicalJson(expected(run)) || hashOf(packed) !== content) return undefined;
    return (await logsAreAsStamped(run, kinds, stamps)) ? (deserialize(packed) as PackedRows) : undefined;
  } catch {
    return undefined;
  }
}

/** Writes the cache; where the folder cannot be written there is none. */
async function writeCache(run: RunFolder, stamps: readonly LogStamp[], rows: PackedRows): Promise<void> {
  const packed = serialize(rows);
  const header: Header = { ...expected(run), stamps, content: hashOf(packed) };
  try {
    await mkdir(join(run.path, ".cache"), { recursive: true });
    await writeWhole(cacheFile(run), [Buffer.from(`${JSON.stringify(header)}\n`), packed]);
  } catch {
    return;
  }
}

/**
 * The rows of a run, from `.cache/results` beside its logs where that was made from these very logs, this study and this
 * version of safelab; else made anew and kept there. Small runs, and folders that cannot be written, have no cache. Deleting it is safe.
 *
 * @param make reads the records and makes the rows
 * @param options.least bytes of the logs from which on rows are kept; 8 MiB unless told
 */
export async function cachedRows(
  run: RunFolder,
  make: () => Promise<readonly ResultRow[]>,
  { least = leastBytes }: { readonly least?: number } = {},
): Promise<readonly ResultRow[]> {
  const cached = await readCache(run);
  if (cached !== undefined) return unpackRows(cached, run);
  const before = await stampLogs(run, kinds);
  const rows = await make();
  const bytes = before.reduce((sum, { size }) => sum + size, 0);
  if (bytes >= least && (await logsAreAsStamped(run, kinds, before))) await writeCache(run, before, packRows(rows));
  return rows;
}
