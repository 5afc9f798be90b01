import type { ColumnTable } from "arquero";
import type { DataFrame } from "danfojs-node";
import { arqueroTable } from "./frame/arqueroTable.js";
import { danfoFrame } from "./frame/danfoFrame.js";
import { joinLabels } from "./joinLabels.js";
import { leanRecords } from "./leanRecords.js";
import { readPlacedRecords, readRecords } from "./readRecords.js";
import { resultRows } from "./resultRows.js";
import { cachedRows } from "./rowCache.js";
import { openRunFolder, type RunFolder } from "./runFolder.js";
import type { ResultRow } from "./schema/resultRow.js";

/** A run with its results, as it stood when it was opened. */
export interface OpenRun {
  readonly run: RunFolder;
  /** One row per planned sample. */
  readonly rows: readonly ResultRow[];
  /** The rows as an arquero table. */
  readonly table: () => ColumnTable;
  /** The rows as a danfojs DataFrame (loaded at the first call). */
  readonly frame: () => Promise<DataFrame>;
}

/**
 * Opens a run folder and joins its records into result rows. Samples that the study does not plan, verdicts on code that no sample has,
 * and labels of samples that are not there stay in their files and count nowhere. Of such samples `status`, `about` and Table 2 say so, of
 * such labels `status`, `about` and the tables of labels.
 *
 * @param path - the folder that holds `run.json`
 * @throws InputError for a missing folder, a record that does not fit (file and line), a `tasks.jsonl` that was cut off, or competing verdicts
 */
export async function openRunAt(path: string): Promise<OpenRun> {
  const run = await openRunFolder(path);
  const unlabelled = await cachedRows(run, () => rowsOfRecords(run));
  const { rows } = joinLabels(unlabelled, await readPlacedRecords(run, "labels"), run.study);
  return { run, rows, table: () => arqueroTable(rows), frame: () => danfoFrame(rows) };
}

async function rowsOfRecords(run: RunFolder): Promise<ResultRow[]> {
  const lean = leanRecords();
  return resultRows({
    path: run.path,
    study: run.study,
    tasks: await readRecords(run, "tasks", { whole: true }),
    samples: await readRecords(run, "samples", { keep: lean.samples }),
    executions: await readRecords(run, "executions", { keep: lean.executions }),
    scans: await readRecords(run, "scans", { keep: lean.scans }),
    judgements: await readRecords(run, "judgements", { keep: lean.judgements }),
  });
}
