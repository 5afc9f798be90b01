import { methodName } from "../analysis/names.js";
import type { Study } from "../record/schema/study.js";
import { describeCell, formatRate } from "../table/formatCell.js";
import type { Cell } from "../table/typedTable.js";
import type { Figure, PlotlyFields } from "./figure.js";
import { axisName, frame, type Panel, panelWidthOf } from "./frame.js";
import { legendEntry, legendLines } from "./legendLines.js";
import { methodStyles } from "./methodStyles.js";
import { planeArrows } from "./planeArrows.js";
import type { PlanePanel, PlanePoint } from "./planePoints.js";
import { plotlyText } from "./plotlyText.js";
import { type PlaneWindow, planeWindow } from "./planeWindow.js";
import { baseAxis, type FigureSize, type MethodStyle, type Theme } from "./theme.js";

/** What a plane shows. */
export interface Plane {
  readonly id: string;
  readonly title: string;
  readonly study: Study;
  readonly methods: readonly string[];
  readonly panels: readonly PlanePanel[];
  readonly notes: readonly string[];
}

/** Draws the plane for a width: square panels that all show the same part of it. */
export function drawPlane({ id, title, study, methods, panels, notes }: Plane, size: FigureSize, theme: Theme): Figure {
  const styles = methodStyles(study, methods, theme);
  const columns = Math.min(panels.length, size === "page" ? 3 : panels.length > 2 ? 2 : 1);
  const left = 40;
  const grid = { size, theme, columns, left, between: size === "page" ? left : 28 };
  const width = panelWidthOf(grid);
  const side = Math.min(260, width);
  const window = planeWindow(panels);
  const beyond = Math.min(36, 10 + (width - side) / 2);
  const shape = frame({
    ...{ ...grid, title },
    panels: panels.length,
    panelHeight: side,
    headings: panels.map(({ name, n }) => ({ names: [`${name} (n = ${n})`] })),
    // Around the middle of the square, which a panel may be wider than.
    headingRoom: { left: beyond, right: side - width + beyond },
    above: 8,
    below: 38,
    legendLines: legendLines(methods, size, theme),
    legendEntry: legendEntry(methods, theme),
    footnotes: notes,
  });
  return {
    id,
    title,
    // What lies above hides what lies below: intervals, arrows, the long ones first, and on top the points.
    data: [
      ...panels.flatMap(({ points }, at) => points.map((point) => intervals(point, at, styles.get(point.method)))),
      ...panels.flatMap(({ points }, at) => planeArrows(points, at, { styles, pixels: side / widthOf(window), theme })),
      ...methods.flatMap((method) => points(panels, method, { style: styles.get(method), theme })),
    ],
    layout: {
      ...shape.layout,
      showlegend: methods.length > 1,
      hovermode: "closest",
      ...axes(shape.panels, side, { window, theme }),
      annotations: shape.annotations,
    },
    alt: `${title}. ${panels.map(inWords).join(" ")}`,
    notes,
  };
}

function points(
  panels: readonly PlanePanel[],
  method: string,
  { style, theme }: { readonly style: MethodStyle | undefined; readonly theme: Theme },
): PlotlyFields[] {
  return panels
    .flatMap((panel, at) =>
      panel.points.filter((point) => point.method === method).map((point) => ({ ...point, panel, at })),
    )
    .map(({ x, y, pass, secure, panel, at }, i) => ({
      type: "scatter",
      mode: "markers",
      name: plotlyText(methodName(method)),
      legendgroup: method,
      showlegend: i === 0,
      xaxis: axisName("x", at),
      yaxis: axisName("y", at),
      x: [x],
      y: [y],
      marker: { color: style?.color, symbol: style?.symbol, size: 8, line: { color: theme.ink, width: 0.75 } },
      hovertext: [
        [
          `${panel.name}, ${methodName(method)}`,
          `Pass@1 ${formatRate(x)}: ${describeCell(pass, "rate")}`,
          `Secure@1 ${formatRate(y)}: ${describeCell(secure, "rate")}`,
        ]
          .map(plotlyText)
          .join("<br>"),
      ],
      hoverinfo: "text",
      customdata: [secure.where],
    }));
}

/** A point's intervals, fainter than the arrows that cross them. */
function intervals(
  { method, x, y, pass, secure }: PlanePoint,
  at: number,
  style: MethodStyle | undefined,
): PlotlyFields {
  return {
    type: "scatter",
    mode: "none",
    legendgroup: method,
    showlegend: false,
    hoverinfo: "skip",
    xaxis: axisName("x", at),
    yaxis: axisName("y", at),
    x: [x],
    y: [y],
    opacity: 0.6,
    error_x: errorBar(x, pass, style),
    error_y: errorBar(y, secure, style),
  };
}

function errorBar(value: number, { interval }: Cell, style: MethodStyle | undefined): PlotlyFields {
  return {
    type: "data",
    symmetric: false,
    array: [(interval?.[1] ?? value) - value],
    arrayminus: [value - (interval?.[0] ?? value)],
    thickness: 1,
    width: 0,
    color: style?.color,
  };
}

const widthOf = ({ x: [from, to] }: PlaneWindow): number => to - from;

/** The left part of a panel that is as wide as it is high. */
function square(panel: Panel, side: number): Panel {
  const [left, right] = panel.x;
  return { ...panel, x: [left, Math.min(right, left + ((right - left) * side) / panel.widthPx)] };
}

function axes(
  panels: readonly Panel[],
  side: number,
  { window, theme }: { readonly window: PlaneWindow; readonly theme: Theme },
): PlotlyFields {
  const titled = (text: string) => ({ title: { text, font: { size: theme.small }, standoff: 4 } });
  return Object.fromEntries(
    panels.flatMap((panel, at): [string, PlotlyFields][] => {
      const common = baseAxis(theme);
      return [
        [
          axisName("x", at, "axis"),
          {
            ...common,
            ...ticks(window.x, window.step),
            ...titled("Pass@1 (task)"),
            domain: square(panel, side).x,
            anchor: axisName("y", at),
          },
        ],
        [
          axisName("y", at, "axis"),
          {
            ...common,
            ...ticks(window.y, window.step),
            ...(panel.column === 0 ? titled("Secure@1 (union)") : {}),
            domain: panel.y,
            anchor: axisName("x", at),
          },
        ],
      ];
    }),
  );
}

function ticks([low, high]: readonly [number, number], step: number): PlotlyFields {
  const count = Math.floor((high - low) / step + 0.5);
  const tickvals = Array.from({ length: count + 1 }, (_, i) => Number((low + i * step).toFixed(2)));
  const edge = (high - low) / 50;
  return { tickvals, ticktext: tickvals.map(tickText), range: [low - edge, high + edge] };
}

function tickText(value: number): string {
  return value === 0 || value === 1 ? String(value) : value.toFixed(2).replace(/^0/, "");
}

function inWords({ name, points }: PlanePanel): string {
  const each = points.map(
    ({ method, x, y }) => `${methodName(method)} at Pass@1 ${formatRate(x)} and Secure@1 ${formatRate(y)}`,
  );
  return each.length === 0 ? `${name}: no point.` : `${name}: ${each.join("; ")}.`;
}
