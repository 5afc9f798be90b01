import { extname, resolve } from "node:path";
import { InputError } from "../error.js";
import { writeWhole } from "../record/writeWhole.js";
import { tableCsv } from "../table/tableCsv.js";
import { tableLatex } from "../table/tableLatex.js";
import { tableMarkdown } from "../table/tableMarkdown.js";
import { tablePage } from "../table/tablePage.js";
import type { TypedTable } from "../table/typedTable.js";
import { type PlotlyFigure, sizedFigure } from "./figureSize.js";
import { missingFonts } from "./missingFonts.js";
import { figureJson, figurePdf, figurePng, figureSvg, type RenderOptions } from "./renderFigure.js";
import { isFigure, isTypedTable, kindOf } from "./valueKinds.js";

/** What writes a value, by the ending of the file. */
type Writers = Readonly<Record<string, () => string | Uint8Array | Promise<string | Uint8Array>>>;

const figureWriters = (figure: PlotlyFigure, options: RenderOptions): Writers => ({
  ".svg": () => figureSvg(figure, options),
  ".pdf": () => figurePdf(figure, options),
  ".png": () => figurePng(figure, options),
  ".json": () => figureJson(figure, options),
});

const tableWriters = (table: TypedTable): Writers => ({
  ".html": () => tablePage(table),
  ".md": () => tableMarkdown(table),
  ".tex": () => tableLatex(table),
  ".csv": () => tableCsv(table),
});

/**
 * Writes a figure or a typed table to files and returns their paths. The ending of `path` picks the form; without one all are written. Of a
 * figure these are `.svg` (text stays text), `.pdf` (vectors, fonts embedded), `.png` (300 dpi) and `.json` (the Plotly specification); of
 * a table `.html`, `.md`, `.tex` (booktabs, siunitx) and `.csv`. Missing folders are made; no half-written file is left. A font that the
 * figure asks for and the machine lacks is told in a warning.
 *
 * @throws InputError for another value or ending, or a folder that cannot be written; SetupError without a browser to draw a figure with.
 * @example await save(figure, "out/fig3"); await save(figure, "fig3.pdf", { width: "column", caption: false });
 * @example await save(table4(rows), "table4.tex")
 */
export function save(figure: PlotlyFigure, path: string, options?: RenderOptions): Promise<string[]>;
export function save(table: TypedTable, path: string): Promise<string[]>;
export async function save(value: unknown, path: unknown, options: RenderOptions = {}): Promise<string[]> {
  const writers = writersOf(value, options);
  if (typeof path !== "string" || /(^|[\\/])$/.test(path)) {
    throw new InputError(`save requires the path of a file behind the value, such as "out/fig3", not ${kindOf(path)}`);
  }
  const ending = endingOf(path);
  if (ending !== "" && writers[ending] === undefined) {
    const what = isFigure(value) ? "figures" : "tables";
    const known = Object.keys(writers);
    throw new InputError(
      `${path}: ${what} are written as ${known.join(", ")}, or all of them without an ending; ` +
        `for a dot in the name give the ending too, as in ${path}${known[0] ?? ""}`,
    );
  }
  const stem = ending === "" ? path : path.slice(0, -ending.length);
  const written: string[] = [];
  for (const [kind, write] of Object.entries(writers)) {
    if (ending !== "" && ending !== kind) continue;
    const file = resolve(stem + kind);
    await writeWhole(file, await write());
    written.push(file);
  }
  if (isFigure(value) && ending !== ".json") await warnOfFonts(value, options);
  return written;
}

async function warnOfFonts(figure: PlotlyFigure, options: RenderOptions): Promise<void> {
  for (const family of await missingFonts(sizedFigure(figure, options), options.browser))
    console.warn(
      `save: this machine has no font "${family}", so the text is set in the next of its list: install the font, or name another in the theme`,
    );
}

function writersOf(value: unknown, options: RenderOptions): Writers {
  if (isFigure(value)) return figureWriters(value, options);
  if (isTypedTable(value)) return tableWriters(value);
  throw new InputError(
    `save requires a figure (\`figure3(rows)\`, or any object with \`data\` and \`layout\`) or a typed table (\`table4(rows)\`), not ${kindOf(value)}`,
  );
}

/** The ending of a path, in small letters. A number is none: `fig3.1` is a name. */
function endingOf(path: string): string {
  const ending = extname(path).toLowerCase();
  return /^\.\d*$/.test(ending) ? "" : ending;
}
