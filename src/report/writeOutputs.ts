import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { InterruptedError } from "../error.js";
import { figureJson, figureSvg } from "../export/renderFigure.js";
import type { Figure } from "../figure/figure.js";
import type { WorkOptions } from "../progress.js";
import { writeWhole } from "../record/writeWhole.js";
import { tableCsv } from "../table/tableCsv.js";
import { tablePage } from "../table/tablePage.js";
import type { TypedTable } from "../table/typedTable.js";
import type { Section } from "./indexHtml.js";

async function writeChanged(file: string, content: string): Promise<boolean> {
  const before = await readFile(file, "utf8").catch(() => undefined);
  if (before === content) return false;
  await writeWhole(file, content);
  return true;
}

/** Draws a figure unless its specification stands in the folder already, with a picture beside it. */
async function writeFigure(figure: Figure, folder: string): Promise<boolean> {
  const stem = join(folder, "figures", figure.id);
  const drawn = await readFile(`${stem}.svg`, "utf8").catch(() => undefined);
  const specification = figureJson(figure);
  const before = await readFile(`${stem}.json`, "utf8").catch(() => undefined);
  if (drawn !== undefined && before === specification) return false;
  await writeWhole(`${stem}.svg`, await figureSvg(figure));
  await writeWhole(`${stem}.json`, specification);
  return true;
}

async function writeTable(table: TypedTable, folder: string): Promise<boolean> {
  const stem = join(folder, "tables", table.id);
  const changed = await Promise.all([
    writeChanged(`${stem}.csv`, tableCsv(table)),
    writeChanged(`${stem}.html`, tablePage(table)),
  ]);
  return changed.includes(true);
}

/**
 * Writes every figure (SVG and Plotly JSON) and table (CSV and HTML) of the sections; what has not changed stays.
 *
 * @throws SetupError without a browser to draw with, InputError for a folder that cannot be written.
 */
export async function writeOutputs(
  sections: readonly Section[],
  folder: string,
  { onProgress, signal }: WorkOptions,
): Promise<void> {
  const jobs = sections.flatMap(({ figures, tables }) => [
    ...figures.map((figure) => () => writeFigure(figure, folder)),
    ...tables.map((table) => () => writeTable(table, folder)),
  ]);
  const counts = { written: 0, unchanged: 0 };
  for (const [done, job] of jobs.entries()) {
    if (signal?.aborted) throw new InterruptedError("stopped; start again to go on");
    onProgress?.({ stage: "figures and tables", done, total: jobs.length, counts });
    if (await job()) counts.written += 1;
    else counts.unchanged += 1;
  }
  onProgress?.({ stage: "figures and tables", done: jobs.length, total: jobs.length, counts });
}
