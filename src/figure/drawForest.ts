import type { Effect } from "../analysis/compare.js";
import { type Measure, measureName } from "../analysis/measure.js";
import { methodName } from "../analysis/names.js";
import type { Study } from "../record/schema/study.js";
import { dash, formatInterval, formatP, formatSigned } from "../table/formatCell.js";
import type { Where } from "../table/typedTable.js";
import type { Figure, PlotlyFields } from "./figure.js";
import { axisName, frame, type Panel, panelTitle } from "./frame.js";
import { legendLines } from "./legendLines.js";
import { type MethodStyle, methodStyles } from "./methodStyles.js";
import { fitText, plotlyText } from "./plotlyText.js";
import { baseAxis, type FigureSize, theme } from "./theme.js";

/** One effect of a forest. */
export interface ForestPoint {
  readonly method: string;
  /** The model, and the prompt where there are several. */
  readonly name: string;
  readonly effect: Effect;
  /** Holm-adjusted; absent where there is no test. */
  readonly p?: number;
  readonly where: Where;
}

/** The effects on one measure. */
export interface ForestPanel {
  readonly measure: Measure;
  readonly points: readonly ForestPoint[];
}

/** What a forest shows. */
export interface Forest {
  readonly id: string;
  readonly title: string;
  readonly study: Study;
  readonly methods: readonly string[];
  readonly panels: readonly ForestPanel[];
  readonly notes: readonly string[];
}

/** A point with the line that it stands on: a heading with the model's name comes before its points. */
interface Placed extends ForestPoint {
  readonly y: number;
  /** First of its model. */
  readonly first: boolean;
}

function placed(points: readonly ForestPoint[]): Placed[] {
  let headings = 0;
  return points.map((point, i) => {
    const first = points[i - 1]?.name !== point.name;
    if (first) headings += 1;
    return { ...point, y: i + headings, first };
  });
}

const line = 14;
/** Half a line above the first heading and below the last point. */
const height = (points: readonly ForestPoint[]) => (placed(points).at(-1)?.y ?? 0) + 1;

/** Draws the forest for a width. All panels share one scale. */
export function drawForest({ id, title, study, methods, panels, notes }: Forest, size: FigureSize): Figure {
  const styles = methodStyles(study, methods);
  const columns = Math.min(panels.length, size === "page" ? 2 : 1);
  const left = 92;
  const shape = frame({
    ...{ size, title, columns, left, between: 16 },
    panels: panels.length,
    panelHeight: Math.max(...panels.map(({ points }) => height(points))) * line,
    above: 22,
    below: 34,
    legendLines: legendLines(methods, size),
    footnotes: notes,
  });
  const reach = widest(panels);
  const listed = new Set<string>();
  return {
    id,
    title,
    data: panels.flatMap((panel, at) =>
      methods.flatMap((method) => {
        const points = placed(panel.points).filter((point) => point.method === method);
        if (points.length === 0) return [];
        const first = !listed.has(method);
        listed.add(method);
        return [trace(points, at, { method, first, style: styles.get(method), measure: panel.measure })];
      }),
    ),
    layout: {
      ...shape.layout,
      showlegend: methods.length > 1,
      hovermode: "closest",
      ...axes(panels, shape.panels, reach, left),
      annotations: [
        ...shape.annotations,
        ...panels.flatMap(({ measure, points }, at) => {
          const place = shape.panels[at];
          if (place === undefined) return [];
          const name = panelTitle(fitText(measureName(measure), place.widthPx, theme.text), place);
          return [name, ...pTexts(points, at), ...(place.column === 0 ? headings(points, at, theme.width[size]) : [])];
        }),
      ],
      shapes: panels.map((_, at) => zeroLine(at)),
    },
    alt: `${title}. ${panels.map(inWords).join(" ")}`,
    notes,
  };
}

function trace(
  points: readonly Placed[],
  at: number,
  of: { method: string; first: boolean; style: MethodStyle | undefined; measure: Measure },
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
    marker: { color: of.style?.color, symbol: of.style?.symbol, size: 7, line: { color: theme.ink, width: 0.75 } },
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

/** Half the scale: every interval fits, in steps of 0.1. */
function widest(panels: readonly ForestPanel[]): number {
  const ends = panels.flatMap(({ points }) => points.flatMap(({ effect }) => [...effect.interval, effect.difference]));
  return Math.min(1, Math.max(0.1, Math.ceil(Math.max(...ends.map(Math.abs)) * 10) / 10));
}

/** Share of a panel, right of the scale, that p takes. */
const room = 0.2;

function axes(panels: readonly ForestPanel[], places: readonly Panel[], reach: number, left: number): PlotlyFields {
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
            ...baseAxis(),
            domain: [place.x[0], right],
            anchor: axisName("y", at),
            range: [-1.04 * reach, 1.04 * reach],
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
            ...baseAxis(),
            domain: place.y,
            anchor: axisName("x", at),
            range: [height(points) - 0.5, -0.5],
            tickvals: placed(points).map(({ y }) => y),
            ticktext: points.map(({ method }) => fitText(methodName(method), left - 12, theme.small)),
            showticklabels: place.column === 0,
          },
        ],
      ];
    }),
  );
}

/** The models' names, left of the panel and over it where they are long. */
function headings(points: readonly ForestPoint[], at: number, width: number): PlotlyFields[] {
  const common = {
    ...{ xref: "paper", x: 0, xanchor: "left", xshift: -84, yref: axisName("y", at) },
    ...{ showarrow: false, borderpad: 0, bgcolor: theme.paper, font: { size: theme.small } },
  };
  return placed(points).flatMap(({ name, first, y }) =>
    first ? [{ ...common, y: y - 1, text: `<b>${fitText(name, 0.55 * width, theme.small)}</b>` }] : [],
  );
}

function pTexts(points: readonly ForestPoint[], at: number): PlotlyFields[] {
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

function zeroLine(at: number): PlotlyFields {
  return {
    ...{ type: "line", layer: "below", xref: axisName("x", at), yref: `${axisName("y", at)} domain` },
    ...{ x0: 0, x1: 0, y0: 0, y1: 1 },
    line: { color: theme.ink, width: 1 },
  };
}

function inWords({ measure, points }: ForestPanel): string {
  const clear = points.filter(({ effect: { interval } }) => interval[0] > 0 || interval[1] < 0);
  const each = clear.map(
    ({ name, method, effect }) => `${name} ${methodName(method)} ${formatSigned(effect.difference)}`,
  );
  const words = each.length === 0 ? "none" : each.join("; ");
  return `${measureName(measure)}: of ${points.length} intervals these leave 0 out: ${words}.`;
}
