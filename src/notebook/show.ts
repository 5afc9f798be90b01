import { inspect } from "node:util";
import { InputError } from "../error.js";
import type { PlotlyFigure } from "../export/figureSize.js";
import type { RenderOptions } from "../export/renderFigure.js";
import { isFigure, isTypedTable, kindOf } from "../export/valueKinds.js";
import { tableHtml } from "../table/tableHtml.js";
import { tableText } from "../table/tableText.js";
import { figureBundle, figureText } from "./figureBundle.js";
import { isThenable } from "./isThenable.js";
import { type Bundle, type DisplayBundle, kernelDisplay } from "./kernelDisplay.js";
import { plainRows } from "./plainRows.js";
import { plainRowsHtml, plainRowsText } from "./plainRowsForms.js";

/** How to show a value: a figure's size and layout, and how many rows of a frame (20). */
export interface ShowOptions extends RenderOptions {
  readonly rows?: number;
}

/** Whether `show` has more than words for a value: a figure, a typed table, an arquero table, a danfoJS frame, rows. */
export function isShowable(value: unknown): boolean {
  return isFigure(value) || isTypedTable(value) || plainRows(value, 1) !== undefined;
}

function wordsBundle(value: unknown, rows: number): Bundle & { readonly "text/plain": string } {
  if (typeof value === "string") return { "text/markdown": value, "text/plain": value };
  if (isTypedTable(value)) return { "text/html": tableHtml(value), "text/plain": tableText(value) };
  const plain = plainRows(value, rows);
  if (plain !== undefined) return { "text/html": plainRowsHtml(plain), "text/plain": plainRowsText(plain) };
  return { "text/plain": inspect(value) };
}

const hint = () => "The value is still being made: write `await show(…)`, so that it lands in this cell.";

/** A promise that, left as the last expression of a cell of plain tslab, prints a hint instead of its insides. */
function hinting(shown: Promise<void>): Promise<void> {
  return Object.defineProperty(shown, inspect.custom, { value: hint });
}

function showOn(display: DisplayBundle | undefined, value: unknown, options: ShowOptions): Promise<void> | undefined {
  if (value === undefined || value === null) {
    throw new InputError(`show requires something to show: a figure, a table, rows or a text, not ${kindOf(value)}`);
  }
  const { rows = 20, ...changes } = options;
  if (isFigure(value)) {
    if (display !== undefined) return figureBundle(value, changes).then((bundle) => display(bundle));
    console.log(figureText(value));
    return Promise.resolve();
  }
  const bundle = wordsBundle(value, rows);
  if (display === undefined) console.log(bundle["text/plain"]);
  else display(bundle);
  return undefined;
}

/**
 * Shows a value as one output of the notebook's cell: figures interactive and as a picture, typed tables, arquero
 * tables, danfoJS frames and arrays of objects as HTML, strings as Markdown; of a promise what it comes to. Outside a kernel it
 * prints the text form. Await it for figures, whose picture is drawn in a browser, and for promises.
 *
 * @throws InputError for nothing (undefined, null); of a promise that comes to nothing the returned one rejects.
 * @example await show(figure3(rows), { width: "column" })
 * @example await show(frame())
 */
export function show(value: PlotlyFigure | PromiseLike<unknown>, options?: ShowOptions): Promise<void>;
export function show(value: unknown, options?: ShowOptions): Promise<void> | undefined;
export function show(value: unknown, options: ShowOptions = {}): Promise<void> | undefined {
  // Found before anything is awaited, so that the output lands in this cell.
  const display = kernelDisplay();
  const shown = isThenable(value)
    ? Promise.resolve(value).then((result) => showOn(display, result, options))
    : showOn(display, value, options);
  return shown === undefined || display === undefined ? shown : hinting(shown);
}
