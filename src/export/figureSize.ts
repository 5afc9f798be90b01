import { InputError } from "../error.js";
import { atWidth, inTheme } from "../figure/figure.js";
import { type FigureSize, theme, type ThemeChanges, themed } from "../figure/theme.js";
import { overlaid } from "./overlaid.js";

/** A figure's width: that of a manuscript's column or page (ACM's two-column format), or CSS pixels. */
export type FigureWidth = FigureSize | number;

/** What changes a figure on its way out: its size in CSS pixels, its theme, and any of Plotly's fields. */
export interface FigureChanges {
  readonly width?: FigureWidth;
  readonly height?: number;
  /** Fonts, sizes, colours, widths in inches: the figure is drawn anew with them. */
  readonly theme?: ThemeChanges;
  /** Laid over the figure's own layout, field by field at every depth; lists are replaced, `"annotations[0].text"` reaches into them. */
  readonly layout?: object;
  /** Laid over every trace in the same way; a function gives each trace its own changes. */
  readonly traces?: TraceFields | ((trace: TraceFields, index: number) => TraceFields);
}

/** A Plotly trace: any of Plotly's fields. */
export type TraceFields = Readonly<Record<string, unknown>>;

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

function checked(name: string, size: unknown): number {
  if (typeof size === "number" && Number.isFinite(size) && size >= 50 && size <= 10_000) return Math.round(size);
  throw new InputError(`figure ${name} ${String(size)}: give 50 to 10000 CSS pixels, or the width "column" or "page"`);
}

/** The figure's traces with changes laid over them. */
function changedTraces(data: readonly object[], changes: FigureChanges["traces"]): readonly object[] {
  if (changes === undefined) return data;
  return data.map((trace, index) => {
    const over = typeof changes === "function" ? changes(trace as TraceFields, index) : changes;
    return overlaid(trace, over) as object;
  });
}

/**
 * The figure with its changes made. Figures of safelab are laid out anew for the width of a column or page, and in a theme.
 * Without a size in the changes the layout's own holds, else a page's width and 60 % of the width as height.
 *
 * @throws InputError for a size that is no number of pixels from 50 to 10000, and for a theme where the figure was not drawn by safelab
 * or was changed since.
 */
export function sizedFigure(figure: PlotlyFigure, changes: FigureChanges = {}): SizedFigure {
  const named = changes.width === "column" || changes.width === "page" ? changes.width : undefined;
  const styled: PlotlyFigure = changes.theme === undefined ? figure : inTheme(figure, changes.theme);
  const drawn: PlotlyFigure = named === undefined ? styled : atWidth(styled, named);
  const layout = overlaid(drawn.layout, changes.layout ?? {}) as { width?: unknown; height?: unknown };
  const asked =
    named === undefined
      ? (changes.width ?? layout.width ?? theme.width.page)
      : themed(changes.theme ?? {}).width[named];
  const width = checked("width", asked);
  const height = checked("height", changes.height ?? layout.height ?? 0.6 * width);
  const data = changedTraces(drawn.data, changes.traces);
  return { ...drawn, data, layout: { ...layout, width, height, autosize: false }, width, height };
}
