import type { PlotlyFields } from "./figure.js";
import { type Heading, fittedHeadings } from "./heading.js";
import { footnotes, legendAt, legendLineHeight, overPanel, titleAt } from "./frameParts.js";
import { quoteCommands } from "./plotlyText.js";
import { baseLayout, type FigureSize, type Theme } from "./theme.js";
import { wrapText } from "./wrapText.js";

/** Where a panel stands, as shares of the plotting area, and in pixels. */
export interface Panel {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly widthPx: number;
  readonly row: number;
  readonly column: number;
}

/** What a picture of panels needs room for, in pixels. */
export interface FrameRequest {
  readonly size: FigureSize;
  readonly theme: Theme;
  readonly title: string;
  readonly panels: number;
  readonly columns: number;
  readonly panelHeight: number;
  /** What stands above each panel, none unless told. Room is made for all its lines. */
  readonly headings?: readonly Heading[];
  /** How much wider than its panel a heading may be on either side, and how far above it it stands. */
  readonly headingRoom?: { readonly left?: number; readonly right?: number; readonly rise?: number };
  /** Room left of each panel for tick labels; `between` only the first column has it in full. */
  readonly left: number;
  readonly between: number;
  /** Room above each panel and its heading, and below it for tick labels. */
  readonly above: number;
  readonly below: number;
  /** The room below the last row of panels, where it is another. */
  readonly lastBelow?: number;
  readonly legendLines: number;
  /** Width of a name in the legend; by its own length unless told. */
  readonly legendEntry?: number;
  readonly footnotes: readonly string[];
}

/** The panels' places and the layout around them: title above, legend under it, footnotes below. */
export interface Frame {
  readonly panels: readonly Panel[];
  readonly layout: PlotlyFields;
  readonly annotations: readonly PlotlyFields[];
}

const edge = 8;

/** Width of a panel in pixels. */
export function panelWidthOf({
  size,
  theme,
  columns,
  left,
  between,
}: Pick<FrameRequest, "size" | "theme" | "columns" | "left" | "between">): number {
  return (theme.width[size] - left - edge - (columns - 1) * between) / columns;
}

/** Lays panels out in a grid of the figure's width; the height follows. */
export function frame(request: FrameRequest): Frame {
  const { size, theme, panels, columns, panelHeight, left, between, above, below, lastBelow = below } = request;
  const width = theme.width[size];
  const [titleLine, noteLine] = [theme.title * 1.3, theme.small * 1.35];
  const legendLine = legendLineHeight(theme);
  const titles = theme.caption ? wrapText(request.title, width - 2 * edge, theme.title, "bold") : [];
  const notes = (theme.caption ? request.footnotes : []).flatMap((note) =>
    wrapText(quoteCommands(note), width - 2 * edge, theme.small),
  );
  const rows = Math.max(1, Math.ceil(panels / columns));
  const margin = {
    l: left,
    r: edge,
    t: edge + titles.length * titleLine + request.legendLines * legendLine + (request.legendLines === 0 ? 4 : 10),
    b: edge + notes.length * noteLine + (notes.length === 0 ? 0 : 6),
  };
  const plotWidth = width - margin.l - margin.r;
  const panelWidth = panelWidthOf(request);
  const { left: wider = 0, right = 0, rise = 0 } = request.headingRoom ?? {};
  const headings = fittedHeadings(request.headings ?? [], panelWidth + wider + right, theme);
  const headingLine = 1.3 * headings.size;
  const tops = Array.from({ length: rows }, (_, row) => {
    const lines = headings.lines.slice(row * columns, (row + 1) * columns).map((each) => each.length);
    return above + rise + headingLine * Math.max(0, ...lines);
  });
  const topOf = (row: number) =>
    tops.slice(0, row + 1).reduce((sum, top) => sum + top, 0) + row * (panelHeight + below);
  const plotHeight = topOf(rows - 1) + panelHeight + lastBelow;
  const places = Array.from({ length: panels }, (_, i): Panel => {
    const [row, column] = [Math.floor(i / columns), i % columns];
    const x = column * (panelWidth + between);
    const top = topOf(row);
    return {
      x: [x / plotWidth, (x + panelWidth) / plotWidth],
      y: [1 - (top + panelHeight) / plotHeight, 1 - top / plotHeight],
      widthPx: panelWidth,
      row,
      column,
    };
  });
  const height = Math.round(margin.t + plotHeight + margin.b);
  const atEdge = (edge - margin.l) / plotWidth;
  return {
    panels: places,
    layout: {
      ...baseLayout(size, theme),
      height,
      margin: { ...margin, pad: 0 },
      ...(titles.length === 0 ? {} : { title: titleAt(titles, edge, { width, height }, theme) }),
      ...(request.legendLines === 0
        ? {}
        : {
            legend: legendAt(atEdge, (request.legendLines * legendLine + 8) / plotHeight, request.legendEntry, theme),
          }),
    },
    annotations: [
      ...footnotes(notes, atEdge, theme),
      ...headings.lines.flatMap((lines, i): PlotlyFields[] => {
        const place = places[i];
        if (place === undefined) return [];
        return [
          { ...overPanel(place, lines), xshift: (right - wider) / 2, yshift: 2 + rise, font: { size: headings.size } },
        ];
      }),
    ],
  };
}

/** Plotly's name of the nth axis: `x`, `x2`, …; in a layout `xaxis`, `xaxis2`, …. */
export function axisName(letter: "x" | "y", at: number, infix: "" | "axis" = ""): string {
  return `${letter}${infix}${at === 0 ? "" : at + 1}`;
}
