import { textWidth } from "./textWidth.js";
import { wrapText } from "./wrapText.js";

/** Names left of the lines of a panel, fitted to a column: as wide as the longest, within limits, and wrapped where that is not enough. */
export interface NameColumn {
  /** In pixels. */
  readonly width: number;
  /** Most lines that a name takes. */
  readonly lines: number;
  /** A name's lines, safe for Plotly. */
  readonly textOf: (name: string) => string;
}

/** Fits names to a column of `least` to `most` pixels. */
export function nameColumn(
  names: readonly string[],
  { least, most, size }: { readonly least: number; readonly most: number; readonly size: number },
): NameColumn {
  const widest = Math.max(0, ...names.map((name) => textWidth(name, size)));
  const width = Math.min(most, Math.max(least, Math.ceil(widest)));
  const linesOf = (name: string) => wrapText(name, width, size);
  return {
    width,
    lines: Math.max(1, ...names.map((name) => linesOf(name).length)),
    textOf: (name) => linesOf(name).join("<br>"),
  };
}
