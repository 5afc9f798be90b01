import type { PlotlyFields } from "./figure.js";
import type { Panel } from "./frame.js";
import type { Theme } from "./theme.js";

/** The lines of a heading over the middle of a panel. */
export function overPanel({ x, y }: Panel, lines: readonly string[]): PlotlyFields {
  return {
    text: lines.join("<br>"),
    x: (x[0] + x[1]) / 2,
    y: y[1],
    xref: "paper",
    yref: "paper",
    xanchor: "center",
    yanchor: "bottom",
    showarrow: false,
  };
}

/** The title, `edge` pixels from the figure's left and top. */
export function titleAt(
  lines: readonly string[],
  edge: number,
  { width, height }: { readonly width: number; readonly height: number },
  { title }: Theme,
): PlotlyFields {
  return {
    text: `<b>${lines.join("<br>")}</b>`,
    font: { size: title },
    x: edge / width,
    xanchor: "left",
    // Plotly lifts a title of several lines by half a line.
    y: 1 - (edge + (lines.length > 1 ? (1.3 * title) / 2 : 0)) / height,
    yanchor: "top",
    yref: "container",
    automargin: false,
  };
}

/** Notes below the panels, a line each. */
export function footnotes(notes: readonly string[], x: number, { small, ink }: Theme): PlotlyFields[] {
  if (notes.length === 0) return [];
  return [
    {
      text: notes.join("<br>"),
      x,
      xanchor: "left",
      align: "left",
      y: 0,
      yshift: -6,
      borderpad: 0,
      yanchor: "top",
      xref: "paper",
      yref: "paper",
      showarrow: false,
      font: { size: small, color: ink },
    },
  ];
}

/** Height of a line of the legend, which Plotly derives from its type. */
export const legendLineHeight = ({ small }: Theme) => small + 8.5;

/** The legend between title and panels, in one or more lines. */
export function legendAt(x: number, height: number, entry: number | undefined, theme: Theme): PlotlyFields {
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
