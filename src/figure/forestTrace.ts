import { type Measure, measureName } from "../analysis/measure.js";
import { methodName } from "../analysis/names.js";
import { dash, formatInterval, formatP, formatSigned } from "../table/formatCell.js";
import type { PlotlyFields } from "./figure.js";
import type { Placed } from "./forestPanel.js";
import { axisName } from "./frame.js";
import { plotlyText } from "./plotlyText.js";
import type { MethodStyle, Theme } from "./theme.js";

/** The effects of one method on one measure: points with their intervals. */
export function forestTrace(
  points: readonly Placed[],
  at: number,
  of: { method: string; first: boolean; style: MethodStyle | undefined; measure: Measure; theme: Theme },
): PlotlyFields {
  return {
    type: "scatter",
    mode: "markers",
    name: plotlyText(methodName(of.method)),
    legendgroup: of.method,
    showlegend: of.first,
    xaxis: axisName("x", at),
    yaxis: axisName("y", at),
    x: points.map(({ effect }) => effect.difference),
    y: points.map(({ y }) => y),
    error_x: {
      type: "data",
      symmetric: false,
      array: points.map(({ effect }) => effect.interval[1] - effect.difference),
      arrayminus: points.map(({ effect }) => effect.difference - effect.interval[0]),
      thickness: 1.1,
      width: 2,
      color: of.style?.color,
    },
    marker: { color: of.style?.color, symbol: of.style?.symbol, size: 7, line: { color: of.theme.ink, width: 0.75 } },
    hovertext: points.map(({ name, effect, p }) =>
      [
        `${name}, ${methodName(of.method)}: ${measureName(of.measure)}`,
        `Δ ${formatSigned(effect.difference)} ${formatInterval({ value: effect.difference, interval: effect.interval, where: {} }, "difference")}, n = ${effect.n}`,
        `Holm-adjusted p ${p === undefined ? dash : formatP(p)}`,
      ]
        .map(plotlyText)
        .join("<br>"),
    ),
    hoverinfo: "text",
    customdata: points.map(({ where }) => where),
  };
}
