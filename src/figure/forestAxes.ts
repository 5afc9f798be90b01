import { methodName } from "../analysis/names.js";
import { dash, formatP, formatSigned } from "../table/formatCell.js";
import type { PlotlyFields } from "./figure.js";
import { forestHeight, type ForestPanel, type ForestPoint, placed } from "./forestPanel.js";
import { axisName, type Panel } from "./frame.js";
import { fitText, plotlyText } from "./plotlyText.js";
import { baseAxis, type Theme } from "./theme.js";

/** Half the scale: every interval fits, in steps of 0.1. */
function widest(panels: readonly ForestPanel[]): number {
  const ends = panels.flatMap(({ points }) => points.flatMap(({ effect }) => [...effect.interval, effect.difference]));
  return Math.min(1, Math.max(0.1, Math.ceil(Math.max(...ends.map(Math.abs)) * 10) / 10));
}

/** Share of a panel, right of the scale, that p takes. */
const room = 0.2;

/** The panels' axes on one scale: differences below, methods left. */
export function forestAxes(
  panels: readonly ForestPanel[],
  places: readonly Panel[],
  { left, theme }: { readonly left: number; readonly theme: Theme },
): PlotlyFields {
  const reach = widest(panels);
  const ticks = [-reach, -reach / 2, 0, reach / 2, reach];
  return Object.fromEntries(
    panels.flatMap(({ points }, at): [string, PlotlyFields][] => {
      const place = places[at];
      if (place === undefined) return [];
      const right = place.x[1] - (place.x[1] - place.x[0]) * room;
      return [
        [
          axisName("x", at, "axis"),
          {
            ...baseAxis(theme),
            domain: [place.x[0], right],
            anchor: axisName("y", at),
            range: [-1.04 * reach, 1.04 * reach],
            zeroline: true,
            zerolinecolor: theme.ink,
            zerolinewidth: 1,
            tickvals: ticks,
            ticktext: ticks.map((tick) =>
              tick === 0 ? "0" : formatSigned(tick).replace(/0+$/, "").replace("0.", "."),
            ),
            title: { text: "Δ (method − baseline)", font: { size: theme.small }, standoff: 4 },
          },
        ],
        [
          axisName("y", at, "axis"),
          {
            ...baseAxis(theme),
            domain: place.y,
            anchor: axisName("x", at),
            range: [forestHeight(points) - 0.5, -0.5],
            tickvals: placed(points).map(({ y }) => y),
            ticktext: points.map(({ method }) => fitText(methodName(method), left - 12, theme.small)),
            showticklabels: place.column === 0,
            showline: false,
          },
        ],
      ];
    }),
  );
}

/** The models' names, left of the panel and over it where they are long. */
export function forestHeadings(
  points: readonly ForestPoint[],
  at: number,
  { width, theme }: { readonly width: number; readonly theme: Theme },
): PlotlyFields[] {
  const common = {
    ...{ xref: "paper", x: 0, xanchor: "left", xshift: -84, yref: axisName("y", at) },
    ...{ showarrow: false, borderpad: 0, bgcolor: theme.paper, font: { size: theme.small } },
  };
  return placed(points).flatMap(({ name, first, y }) =>
    first ? [{ ...common, y: y - 1, text: `<b>${fitText(name, 0.8 * width, theme.small)}</b>` }] : [],
  );
}

/** The p values right of the points. */
export function forestP(points: readonly ForestPoint[], at: number, theme: Theme): PlotlyFields[] {
  const common = {
    xref: `${axisName("x", at)} domain`,
    x: 1.02,
    xanchor: "left",
    yref: axisName("y", at),
    showarrow: false,
    borderpad: 0,
    font: { size: theme.small },
  };
  return placed(points).map(({ p, y }) => ({
    ...common,
    y,
    text: plotlyText(p === undefined ? dash : `p ${pText(p)}`),
  }));
}

function pText(p: number): string {
  const text = formatP(p);
  return /^[<>]/.test(text) ? text : `= ${text}`;
}
