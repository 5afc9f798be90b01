import type { FigureSize } from "./theme.js";

/** A Plotly trace or layout: any of Plotly's fields. */
export type PlotlyFields = Record<string, unknown>;

/** A figure as a Plotly specification, with what a reader needs beside the picture. */
export interface Figure {
  readonly id: string;
  readonly title: string;
  readonly data: readonly PlotlyFields[];
  readonly layout: PlotlyFields;
  /** What the picture shows, for readers who cannot see it. */
  readonly alt: string;
  readonly notes: readonly string[];
}

/** How wide a figure is drawn: ACM's text width (`page`, also the width in notebooks) or one column. */
export interface FigureOptions {
  readonly width?: FigureSize;
}

const redraw = Symbol.for("safelab.figure.redraw");

/** A figure that can be drawn anew at another width, panels and labels laid out for it. */
export function drawnFigure(draw: (width: FigureSize) => Figure, width: FigureSize = "page"): Figure {
  return Object.defineProperty({ ...draw(width) }, redraw, { value: draw, enumerable: false });
}

/**
 * The same figure laid out for another width: other number of panels a line, same sizes of type. A figure that was changed by hand
 * or made elsewhere comes back as it is.
 *
 * @example atWidth(figure3(rows), "column")
 */
export function atWidth<F extends object>(figure: F, width: FigureSize): F | Figure {
  const draw = (figure as { [redraw]?: (width: FigureSize) => Figure })[redraw];
  return draw === undefined ? figure : drawnFigure(draw, width);
}
