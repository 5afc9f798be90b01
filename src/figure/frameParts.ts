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
