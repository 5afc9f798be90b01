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

/** How a figure was drawn, and what it looked like then. */
interface Drawing {
  readonly draw: (width: FigureSize) => Figure;
  readonly specification: string;
}

const drawing = Symbol.for("safelab.figure.drawing");

function specificationOf({ data, layout }: Pick<Figure, "data" | "layout">): string {
  return JSON.stringify([data, layout]);
}

/** A figure that can be drawn anew at another width, panels and labels laid out for it. */
export function drawnFigure(draw: (width: FigureSize) => Figure, width: FigureSize = "page"): Figure {
  const figure = draw(width);
  const value: Drawing = { draw, specification: specificationOf(figure) };
  return Object.defineProperty({ ...figure }, drawing, { value, enumerable: false });
}

/**
 * The same figure laid out for another width: other number of panels a line, same sizes of type. A figure that was changed by hand
 * (in place or in a copy) or made elsewhere comes back as it is, so that no change is lost.
 *
 * @example atWidth(figure3(rows), "column")
 */
export function atWidth<F extends object>(figure: F, width: FigureSize): F | Figure {
  const drawn = (figure as { [drawing]?: Drawing })[drawing];
  if (drawn === undefined || drawn.specification !== specificationOf(figure as F & Figure)) return figure;
  return drawnFigure(drawn.draw, width);
}
