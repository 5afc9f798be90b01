import { isScanned } from "../analysis/isScanned.js";
import { tableSecure } from "../analysis/tableSecure.js";
import { labelProgress } from "../label/labelProgress.js";
import { looseLabelLines } from "../record/looseLabels.js";
import { looseSampleLines } from "../record/looseSamples.js";
import { openRunAt } from "../record/openRun.js";
import { readRecords } from "../record/readRecords.js";
import { tableText } from "../table/tableText.js";
import { labelLines } from "./labelLines.js";
import { statusTable } from "./statusTable.js";

/** How far a run is, Secure@1 by each scanner and by the union where anything is scanned, and how far its labels are. */
export async function statusText(folder: string): Promise<string> {
  const { run, rows } = await openRunAt(folder);
  const labels = labelLines(labelProgress(rows, await readRecords(run, "draws")), folder);
  return [
    tableText(statusTable(rows)),
    ...(rows.some(isScanned) ? [tableText(tableSecure(rows), { intervals: true })] : []),
    ...(labels.length === 0 ? [] : [labels.join("\n")]),
    ...looseSampleLines(rows[0]?.facts.looseSamples ?? [], 20),
    ...looseLabelLines(rows[0]?.facts.looseLabels ?? [], Infinity),
  ].join("\n\n");
}
