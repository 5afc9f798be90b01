import { InputError } from "../error.js";
import { atWidth } from "../figure/figure.js";
import { type FigureSize, theme } from "../figure/theme.js";

/** A figure's width: that of a manuscript's column or page (ACM's two-column format), or CSS pixels. */
export type FigureWidth = FigureSize | number;

/** What changes a figure on its way out: its size in CSS pixels, and any field of Plotly's layout. */
export interface FigureChanges {
  readonly width?: FigureWidth;
  readonly height?: number;
  /** Laid over the figure's own layout, field by field at every depth; arrays are replaced. */
  readonly layout?: object;
}

/** A Plotly figure: what `src/figure` makes, or any object with `data` and `layout`. */
export interface PlotlyFigure {
  readonly data: readonly object[];
  readonly layout: object;
  readonly id?: string;
  readonly title?: string;
  /** What the picture shows, for readers who cannot see it. */
  readonly alt?: string;
}

/** A figure with its changes made and its size, in CSS pixels, settled. */
export interface SizedFigure extends PlotlyFigure {
  readonly width: number;
  readonly height: number;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function overlaid(base: unknown, over: unknown): unknown {
  if (!isRecord(base) || !isRecord(over)) return over;
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(over)) merged[key] = overlaid(base[key], value);
  return merged;
}

function checked(name: string, size: unknown): number {
  if (typeof size === "number" && Number.isFinite(size) && size >= 50 && size <= 10_000) return Math.round(size);
  throw new InputError(`figure ${name} ${String(size)}: give 50 to 10000 CSS pixels, or the width "column" or "page"`);
}

/**
 * The figure with its changes made. Figures of safelab are laid out anew for the width of a column or page. Without a size
 * in the changes the layout's own holds, else a page's width and 60 % of the width as height.
 *
 * @throws InputError for a size that is no number of pixels from 50 to 10000.
 */
export function sizedFigure(figure: PlotlyFigure, changes: FigureChanges = {}): SizedFigure {
  const named = changes.width === "column" || changes.width === "page" ? changes.width : undefined;
  const drawn: PlotlyFigure = named === undefined ? figure : atWidth(figure, named);
  const layout = overlaid(drawn.layout, changes.layout ?? {}) as { width?: unknown; height?: unknown };
  const asked = named === undefined ? (changes.width ?? layout.width ?? theme.width.page) : theme.width[named];
  const width = checked("width", asked);
  const height = checked("height", changes.height ?? layout.height ?? 0.6 * width);
  return { ...drawn, layout: { ...layout, width, height, autosize: false }, width, height };
}
