import type { PlotlyFields } from "./figure.js";
import { axisName } from "./frame.js";
import { plotlyText } from "./plotlyText.js";
import type { Theme } from "./theme.js";

/** A field of a panel. */
export interface ShadedCell {
  readonly x: number;
  readonly y: number;
  /** From 0, the lightest shade, to 1. */
  readonly share: number;
  readonly text: string;
  readonly hover: string;
  /** Width of its edge in pixels. */
  readonly edge: number;
}

/** Fields of shades as bars of one height: vectors in print, where a heat map would be a bitmap. */
export function shadedCells(
  cells: readonly ShadedCell[],
  {
    at,
    width,
    height,
    theme,
  }: { readonly at: number; readonly width: number; readonly height: number; readonly theme: Theme },
): PlotlyFields {
  return {
    type: "bar",
    xaxis: axisName("x", at),
    yaxis: axisName("y", at),
    x: cells.map(({ x }) => x),
    base: cells.map(({ y }) => y - height / 2),
    y: cells.map(() => height),
    width,
    marker: {
      color: cells.map(({ share }) => share),
      ...{ cmin: 0, cmax: 1, colorscale: theme.shades, showscale: false },
      line: { color: theme.ink, width: cells.map(({ edge }) => edge) },
    },
    text: cells.map(({ text }) => text),
    textposition: "inside",
    insidetextanchor: "middle",
    textangle: 0,
    constraintext: "none",
    textfont: { size: theme.small, color: theme.ink },
    hovertext: cells.map(({ hover }) => plotlyText(hover)),
    hoverinfo: "text",
  };
}
