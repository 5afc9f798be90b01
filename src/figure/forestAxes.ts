import { methodName } from "../analysis/names.js";
import { dash, formatP, formatSigned } from "../table/formatCell.js";
import type { PlotlyFields } from "./figure.js";
import type { PlacedPanel } from "./forestPanel.js";
import { axisName, type Panel } from "./frame.js";
import type { NameColumn } from "./nameColumn.js";
import { plotlyText } from "./plotlyText.js";
import { baseAxis, type Theme } from "./theme.js";

/** Half the scale: every interval fits, in steps of 0.1. */
function widest(panels: readonly PlacedPanel[]): number {
  const ends = panels.flatMap(({ points }) => points.flatMap(({ effect }) => [...effect.interval, effect.difference]));
  return Math.min(1, Math.max(0.1, Math.ceil(Math.max(...ends.map(Math.abs)) * 10) / 10));
}

/** Share of a panel, right of the scale, that p takes. */
const roomIn = ({ widthPx }: Panel) => Math.max(0.2, 48 / widthPx);

/** The panels' axes on one scale: differences below, methods left. */
export function forestAxes(
  panels: readonly PlacedPanel[],
  places: readonly Panel[],
  { names, theme }: { readonly names: NameColumn; readonly theme: Theme },
): PlotlyFields {
  const reach = widest(panels);
  const stacked = places.every(({ column }) => column === 0);
  const ticks = [-reach, -reach / 2, 0, reach / 2, reach];
  return Object.fromEntries(
    panels.flatMap(({ points, height }, at): [string, PlotlyFields][] => {
      const place = places[at];
      if (place === undefined) return [];
      const right = place.x[1] - (place.x[1] - place.x[0]) * roomIn(place);
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
            ...(stacked && at + 1 < panels.length
              ? {}
              : { title: { text: "Δ (method − baseline)", font: { size: theme.small }, standoff: 4 } }),
          },
        ],
        [
          axisName("y", at, "axis"),
          {
            ...baseAxis(theme),
            domain: place.y,
            anchor: axisName("x", at),
            range: [height - 0.5, -0.5],
            tickvals: points.map(({ y }) => y),
            ticktext: points.map(({ method }) => names.textOf(methodName(method))),
            showticklabels: place.column === 0,
            showline: false,
          },
        ],
      ];
    }),
  );
}

/** The models' names, from `left` pixels before the panel and over it where they are long. */
export function forestHeadings(
  { points }: PlacedPanel,
  at: number,
  { left, theme }: { readonly left: number; readonly theme: Theme },
): PlotlyFields[] {
  const common = {
    ...{ xref: "paper", x: 0, xanchor: "left", xshift: -left, yref: axisName("y", at), align: "left" },
    ...{ showarrow: false, borderpad: 0, bgcolor: theme.paper, font: { size: theme.small } },
  };
  return points.flatMap(({ heading, y }) =>
    heading === undefined
      ? []
      : [{ ...common, y: y - (heading.length + 1) / 2, text: `<b>${heading.join("<br>")}</b>` }],
  );
}

/** The p values right of the points. */
export function forestP({ points }: PlacedPanel, at: number, theme: Theme): PlotlyFields[] {
  const common = {
    xref: `${axisName("x", at)} domain`,
    x: 1.02,
    xanchor: "left",
    yref: axisName("y", at),
    showarrow: false,
    borderpad: 0,
    font: { size: theme.small },
  };
  return points.map(({ p, y }) => ({
    ...common,
    y,
    text: plotlyText(p === undefined ? dash : `p ${pText(p)}`),
  }));
}

function pText(p: number): string {
  const text = formatP(p);
  return /^[<>]/.test(text) ? text : `= ${text}`;
}
