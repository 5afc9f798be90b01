import type { PlotlyFields } from "./figure.js";
import { boldName, quoteCommands, wrapText } from "./plotlyText.js";
import { baseLayout, type FigureSize, type Theme } from "./theme.js";

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
  /** Room left of each panel for tick labels; `between` only the first column has it in full. */
  readonly left: number;
  readonly between: number;
  /** Room above each panel for its name and below it for tick labels. */
  readonly above: number;
  readonly below: number;
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

/** Lays panels out in a grid of the figure's width; the height follows. */
export function frame(request: FrameRequest): Frame {
  const { size, theme, panels, columns, panelHeight, left, between, above, below } = request;
  const width = theme.width[size];
  const [titleLine, noteLine] = [theme.title * 1.3, theme.small * 1.35];
  const legendLine = lineOfLegend(theme);
  const titles = wrapText(request.title, width - 2 * edge, theme.title * 1.06);
  const notes = request.footnotes.flatMap((note) => wrapText(quoteCommands(note), width - 2 * edge, theme.small));
  const rows = Math.max(1, Math.ceil(panels / columns));
  const margin = {
    l: left,
    r: edge,
    t: edge + titles.length * titleLine + request.legendLines * legendLine + (request.legendLines === 0 ? 4 : 10),
    b: edge + notes.length * noteLine + (notes.length === 0 ? 0 : 6),
  };
  const plotWidth = width - margin.l - margin.r;
  const plotHeight = rows * (above + panelHeight + below);
  const panelWidth = (plotWidth - (columns - 1) * between) / columns;
  const places = Array.from({ length: panels }, (_, i): Panel => {
    const [row, column] = [Math.floor(i / columns), i % columns];
    const x = column * (panelWidth + between);
    const top = row * (above + panelHeight + below) + above;
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
      title: {
        text: `<b>${titles.join("<br>")}</b>`,
        font: { size: theme.title },
        x: edge / width,
        xanchor: "left",
        // Plotly centres a title of several lines on its first.
        y: 1 - (edge + ((titles.length - 1) / 2) * titleLine) / height,
        yanchor: "top",
        yref: "container",
        automargin: false,
      },
      ...(request.legendLines === 0
        ? {}
        : {
            legend: legendAt(atEdge, (request.legendLines * legendLine + 8) / plotHeight, request.legendEntry, theme),
          }),
    },
    annotations:
      notes.length === 0
        ? []
        : [
            {
              text: notes.join("<br>"),
              x: atEdge,
              xanchor: "left",
              align: "left",
              y: 0,
              yshift: -6,
              borderpad: 0,
              yanchor: "top",
              xref: "paper",
              yref: "paper",
              showarrow: false,
              font: { size: theme.small, color: theme.ink },
            },
          ],
  };
}

/** Height of a line of the legend, which Plotly derives from its type. */
const lineOfLegend = ({ small }: Theme) => small + 8.5;

/** The legend between title and panels, in one or more lines. */
function legendAt(x: number, height: number, entry: number | undefined, theme: Theme): PlotlyFields {
  return {
    orientation: "h",
    x,
    xanchor: "left",
    y: 1 + height,
    yanchor: "top",
    font: { size: theme.small + 0.5 },
    indentation: -6,
    ...(entry === undefined ? {} : { entrywidth: entry, entrywidthmode: "pixels" }),
    tracegroupgap: 0,
  };
}

/** The name above a panel. */
export function panelTitle(text: string, panel: Panel, theme: Theme): PlotlyFields {
  return {
    text: `<b>${text}</b>`,
    x: (panel.x[0] + panel.x[1]) / 2,
    y: panel.y[1],
    yshift: 2,
    xref: "paper",
    yref: "paper",
    xanchor: "center",
    yanchor: "bottom",
    showarrow: false,
    font: { size: theme.text },
  };
}

/** The name above a panel, in one line that is no wider than the panel. */
export function panelName(name: string, panel: Panel, theme: Theme): PlotlyFields {
  const { text, size } = boldName(name, panel.widthPx, theme);
  return { ...panelTitle(text, panel, theme), font: { size } };
}

/** Plotly's name of the nth axis: `x`, `x2`, …; in a layout `xaxis`, `xaxis2`, …. */
export function axisName(letter: "x" | "y", at: number, infix: "" | "axis" = ""): string {
  return `${letter}${infix}${at === 0 ? "" : at + 1}`;
}
