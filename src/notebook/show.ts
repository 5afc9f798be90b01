import { inspect } from "node:util";
import { InputError } from "../error.js";
import type { PlotlyFigure } from "../export/figureSize.js";
import type { RenderOptions } from "../export/renderFigure.js";
import { isFigure, isPromise, isTypedTable, kindOf } from "../export/valueKinds.js";
import { tableHtml } from "../table/tableHtml.js";
import { tableText } from "../table/tableText.js";
import { figureBundle, figureText } from "./figureBundle.js";
import { type Bundle, kernelDisplay } from "./kernelDisplay.js";
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

const hint = () => "The figure is being drawn: write `await show(figure)`, so that it lands in this cell.";

/** A promise that, left as the last expression of a cell, prints a hint instead of its insides. */
function hinting(drawn: Promise<void>): Promise<void> {
  return Object.defineProperty(drawn, inspect.custom, { value: hint });
}

/** Whether a promise is that of a `show` which draws a figure. */
export function isDrawing(promise: Promise<unknown>): boolean {
  return (promise as { readonly [inspect.custom]?: unknown })[inspect.custom] === hint;
}

/**
 * Shows a value as one output of the notebook's cell: figures interactive and as a picture, typed tables, arquero
 * tables, danfoJS frames and arrays of objects as HTML, strings as Markdown. Outside a kernel it prints the text form.
 * Await it for figures: the picture is drawn in a browser.
 *
 * @throws InputError for nothing (undefined, null) and for a promise.
 * @example await show(figure3(rows), { width: "column" })
 */
export function show(value: PlotlyFigure, options?: ShowOptions): Promise<void>;
export function show(value: unknown, options?: ShowOptions): Promise<void> | undefined;
export function show(value: unknown, options: ShowOptions = {}): Promise<void> | undefined {
  if (value === undefined || value === null || isPromise(value)) {
    throw new InputError(`show requires something to show: a figure, a table, rows or a text, not ${kindOf(value)}`);
  }
  const { rows = 20, ...changes } = options;
  // Found before anything is awaited, so that the output lands in this cell.
  const display = kernelDisplay();
  if (isFigure(value)) {
    if (display !== undefined) return hinting(figureBundle(value, changes).then((bundle) => display(bundle)));
    console.log(figureText(value));
    return Promise.resolve();
  }
  const bundle = wordsBundle(value, rows);
  if (display === undefined) console.log(bundle["text/plain"]);
  else display(bundle);
  return undefined;
}
