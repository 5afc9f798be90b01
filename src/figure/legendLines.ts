import { methodName } from "../analysis/names.js";
import type { FigureSize, Theme } from "./theme.js";

/** What Plotly puts beside a name in a legend: the swatch and the gaps around it, in pixels. */
const besideName = 39;

/** Room for the longest name of a legend of methods, in pixels; all entries take it, so that several lines stand in columns. */
export function legendEntry(methods: readonly string[], theme: Theme): number {
  return Math.ceil(Math.max(...methods.map((method) => methodName(method).length)) * theme.small * 0.58) + 2;
}

/** Lines that a legend of methods takes, each entry a swatch and its name; none for a single method. */
export function legendLines(methods: readonly string[], size: FigureSize, theme: Theme): number {
  return methods.length < 2 ? 0 : linesOfEntries(methods.length, legendEntry(methods, theme), theme.width[size]);
}

/** Lines that entries with names of one width take in a figure of a width, all in pixels. */
export function linesOfEntries(entries: number, nameWidth: number, width: number): number {
  return Math.ceil(entries / Math.max(1, Math.floor((width - 16) / (besideName + nameWidth))));
}
