import { InputError } from "../error.js";
import { type FigureWidth, layoutFor } from "./figureWidth.js";
import { type FigureSize, theme, type Theme, type ThemeChanges, themed } from "./theme.js";

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

/** How wide a figure is drawn: ACM's text width (`page`, also the width in notebooks) unless told. */
export interface FigureOptions {
  readonly width?: FigureWidth;
}

/** Draws a figure for a width in a theme. */
export type Draw = (width: FigureSize, theme: Theme) => Figure;

/** How a figure was drawn, and what it looked like then. */
interface Drawing {
  readonly draw: Draw;
  readonly width: FigureWidth;
  readonly theme: Theme;
  readonly specification: string;
}

const drawing = Symbol.for("safelab.figure.drawing");

function specificationOf({ data, layout }: Pick<Figure, "data" | "layout">): string {
  return JSON.stringify([data, layout]);
}

/**
 * A figure that can be drawn anew at another width and in another theme, panels and labels laid out for it.
 *
 * @throws InputError for a width that is none.
 */
export function drawnFigure(draw: Draw, width: FigureWidth = "page", look: Theme = theme): Figure {
  const layout = layoutFor(width, look);
  const figure = draw(layout.size, layout.theme);
  const value: Drawing = { draw, width, theme: look, specification: specificationOf(figure) };
  return Object.defineProperty({ ...figure }, drawing, { value, enumerable: false });
}

function drawingOf(figure: object): Drawing | undefined {
  const drawn = (figure as { [drawing]?: Drawing })[drawing];
  return drawn?.specification === specificationOf(figure as Figure) ? drawn : undefined;
}

/** The same figure under another id or title; it can still be drawn at another width and in another theme. */
export function renamed(figure: Figure, names: Partial<Pick<Figure, "id" | "title">>): Figure {
  const drawn = drawingOf(figure);
  if (drawn === undefined) return { ...figure, ...names };
  const draw: Draw = (width, look) => renamed(drawn.draw(width, look), names);
  return Object.defineProperty({ ...figure, ...names }, drawing, { value: { ...drawn, draw }, enumerable: false });
}

/**
 * The same figure laid out for another width: other number of panels a line, same sizes of type. A figure that was changed by hand
 * (in place or in a copy) or made elsewhere comes back as it is, so that no change is lost.
 *
 * @throws InputError for a width that is none.
 * @example atWidth(figure3(rows), "column"); atWidth(figure3(rows), "85mm")
 */
export function atWidth<F extends object>(figure: F, width: FigureWidth): F | Figure {
  const drawn = drawingOf(figure);
  return drawn === undefined ? figure : drawnFigure(drawn.draw, width, drawn.theme);
}

/**
 * The same figure drawn with changes to its theme: fonts, sizes, colours, widths.
 *
 * @throws InputError for a figure that was changed by hand or made elsewhere: there is nothing to draw it anew from.
 * @example inTheme(figure3(rows), { font: "Times New Roman, serif", methods: { sven: { color: "#aa0000" } } })
 */
export function inTheme(figure: object, changes: ThemeChanges): Figure {
  const drawn = drawingOf(figure);
  if (drawn !== undefined) return drawnFigure(drawn.draw, drawn.width, themed(changes, drawn.theme));
  throw notDrawn("a theme");
}

/**
 * The same figure drawn without title and footnotes and without their space, for a document whose caption says them: the figure's `title`
 * and `notes` still hold their text. Headings of panels stay.
 *
 * @throws InputError for a figure that was changed by hand or made elsewhere.
 * @example const { title, notes } = figure3(rows); // for the caption: [title, ...notes].join(" ")
 */
export function withoutCaption(figure: object): Figure {
  const drawn = drawingOf(figure);
  if (drawn === undefined) throw notDrawn("`caption: false`");
  return drawnFigure(drawn.draw, drawn.width, { ...drawn.theme, caption: false });
}

function notDrawn(what: string): InputError {
  return new InputError(
    `${what} is for a figure as safelab drew it, and this one was changed or made elsewhere: ` +
      `give ${what} first, and the other changes with \`layout\` and \`traces\``,
  );
}
