import { InputError } from "../error.js";
import { type FigureSize, type Theme, themed } from "./theme.js";

/**
 * A figure's width: `column` or `page`, one column and the whole text of ACM's two-column format unless the theme says otherwise; a length
 * on paper; or a number of CSS pixels, 96 an inch.
 */
export type FigureWidth = FigureSize | `${number}in` | `${number}cm` | `${number}mm` | number;

/** CSS pixels of the units of a length on paper. */
const units: Readonly<Record<string, number>> = { in: 96, cm: 96 / 2.54, mm: 96 / 25.4 };

/**
 * How a figure is laid out for a width, and a theme in which that layout has it: lengths nearer to a column are laid out as one.
 *
 * @throws InputError for anything else, and for less than 50 or more than 10000 CSS pixels.
 */
export function layoutFor(width: FigureWidth, theme: Theme): { readonly size: FigureSize; readonly theme: Theme } {
  if (width === "column" || width === "page") return { size: width, theme };
  const pixels = pixelsOf(width);
  if (!(pixels >= 50 && pixels <= 10_000)) {
    const { column, page } = theme.inches;
    throw new InputError(
      `figure width ${String(width)}: give "column" (one of two columns, here ${column} in), "page" (the whole text, here ${page} in), ` +
        'a length on paper such as "3.5in" or "85mm", or 50 to 10000 CSS pixels',
    );
  }
  const size = pixels < (theme.width.column + theme.width.page) / 2 ? "column" : "page";
  return { size, theme: themed({ inches: { [size]: pixels / 96 } }, theme) };
}

/** A width in CSS pixels; NaN for what is none. */
function pixelsOf(width: unknown): number {
  if (typeof width === "number") return width;
  const [, number, unit = ""] = /^([\d.]+) ?(in|cm|mm)$/.exec(String(width)) ?? [];
  return Number(number) * (units[unit] ?? Number.NaN);
}
