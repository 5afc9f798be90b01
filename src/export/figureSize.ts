import { InputError } from "../error.js";
import { atWidth, inTheme, withoutCaption } from "../figure/figure.js";
import { type FigureWidth, layoutFor } from "../figure/figureWidth.js";
import { type ThemeChanges, themed } from "../figure/theme.js";
import { overlaid } from "./overlaid.js";

/** What changes a figure on its way out: its size in CSS pixels, its theme, and any of Plotly's fields. */
export interface FigureChanges {
  readonly width?: FigureWidth;
  readonly height?: number;
  /** Fonts, sizes, colours, widths in inches: the figure is drawn anew with them. */
  readonly theme?: ThemeChanges;
  /**
   * `false` draws the figure anew without title and footnotes and without their space, for a document whose caption says them. The text
   * stays in the figure's `title` and `notes`: `[figure.title, ...figure.notes].join(" ")`.
   */
  readonly caption?: boolean;
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

function checkedHeight(height: unknown): number {
  if (typeof height === "number" && height >= 50 && height <= 10_000) return Math.round(height);
  throw new InputError(`figure height ${String(height)}: give 50 to 10000 CSS pixels`);
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
 * The figure with its changes made. Figures of safelab are laid out anew for the width, in a theme, and without title and footnotes.
 * Without a size in the changes the layout's own holds, else a page's width and 60 % of the width as height.
 *
 * @throws InputError for a size that is none, and for a theme or `caption: false` where the figure was not drawn by safelab or was changed since.
 */
export function sizedFigure(figure: PlotlyFigure, changes: FigureChanges = {}): SizedFigure {
  const styled: PlotlyFigure = changes.theme === undefined ? figure : inTheme(figure, changes.theme);
  const bare: PlotlyFigure = changes.caption === false ? withoutCaption(styled) : styled;
  const drawn: PlotlyFigure = changes.width === undefined ? bare : atWidth(bare, changes.width);
  const layout = overlaid(drawn.layout, changes.layout ?? {}) as { width?: unknown; height?: unknown };
  const own = drawn === bare ? undefined : layout.width;
  const width = widthOf(
    (own as number | undefined) ?? changes.width ?? (layout.width as number | undefined) ?? "page",
    changes,
  );
  const height = checkedHeight(changes.height ?? layout.height ?? 0.6 * width);
  const data = changedTraces(drawn.data, changes.traces);
  return { ...drawn, data, layout: { ...layout, width, height, autosize: false }, width, height };
}

/** A width in CSS pixels, in the theme of the changes. */
function widthOf(width: FigureWidth, changes: FigureChanges): number {
  const { size, theme } = layoutFor(width, themed(changes.theme ?? {}));
  return theme.width[size];
}
