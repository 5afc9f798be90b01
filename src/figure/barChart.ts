import { barAlt } from "./barAlt.js";
import type { BarChart, BarGroup, BarPanel } from "./barChartData.js";
import { barTraces } from "./barTraces.js";
import { emptyFigure } from "./emptyFigure.js";
import type { Figure, PlotlyFields } from "./figure.js";
import { axisName, type Frame, frame, panelWidthOf } from "./frame.js";
import { legendEntry, legendLines } from "./legendLines.js";
import { methodStyles } from "./methodStyles.js";
import { baseAxis, type FigureSize, type Theme } from "./theme.js";
import { wrapText } from "./wrapText.js";

/** Draws the chart for a width. Bars carry 95 % intervals; hovering gives value, n and interval; what is missing is said below. */
export function drawBarChart(chart: BarChart, size: FigureSize, theme: Theme): Figure {
  const { id, title, panels, methods, study } = chart;
  const styles = methodStyles(study, methods, theme);
  const missing = missingReasons(chart);
  if (!panels.some((panel) => chart.groups.some((group) => hasBar(panel, group.key)))) {
    return emptyFigure(chart, `Nothing to show – ${missing.join("; ")}.`, size, theme);
  }
  const columns = size === "page" ? Math.min(2, panels.length) : 1;
  const grid = { size, theme, columns, left: 40, between: 34 };
  const ticks = groupNames(chart, panelWidthOf(grid), theme);
  const shape = frame({
    ...grid,
    title,
    panels: panels.length,
    panelHeight: panelHeight(size, panels.length),
    headings: panels.map(({ name, n }) => ({ names: [`${name} (n = ${n})`] })),
    above: 8,
    below: 7 + 1.3 * theme.small * Math.max(...ticks.map((lines) => lines.length)),
    legendLines: legendLines(methods, size, theme),
    legendEntry: legendEntry(methods, theme),
    footnotes: [...missing.map((reason) => `– ${reason}`), ...chart.notes],
  });
  return {
    id,
    title,
    data: methods.flatMap((method) => barTraces(chart, method, { style: styles.get(method), theme })),
    layout: {
      ...shape.layout,
      barmode: "group",
      showlegend: methods.length > 1,
      ...axes(chart, shape, { ticks, theme }),
      annotations: [
        ...shape.annotations,
        ...panels.flatMap((panel, at) => chart.groups.flatMap((group, x) => emptyMark({ panel, group, x, at }, theme))),
      ],
      shapes: chart.before === 0 ? [] : panels.map((_, at) => dashedLine(at, chart.before - 0.5, theme)),
    },
    alt: barAlt(chart),
    notes: [...missing, ...chart.notes],
  };
}

/** In one column many panels are low, so that seven models fit a page. */
function panelHeight(size: FigureSize, panels: number): number {
  if (size === "page") return panels === 1 ? 220 : 130;
  return panels > 4 ? 62 : 110;
}

/** The groups' names below the bars, wrapped to their share of a panel. */
function groupNames({ groups }: BarChart, panelWidth: number, { small }: Theme): string[][] {
  return groups.map(({ short }) => wrapText(short, panelWidth / groups.length - 4, small));
}

const quarters = [0, 0.25, 0.5, 0.75, 1];

/** The end of the scale of all panels: the quarter above the highest interval, one half at least. */
function topOf({ panels, groups }: Pick<BarChart, "panels" | "groups">): number {
  const cells = panels.flatMap((panel) =>
    [...panel.cells.values()].flatMap((each) => groups.map(({ key }) => each[key])),
  );
  const highest = Math.max(0.5, ...cells.map((cell) => cell?.interval?.[1] ?? Number(cell?.value ?? 0)));
  return quarters.find((value) => value >= highest) ?? 1;
}

function axes(
  { panels, groups }: BarChart,
  { panels: places }: Frame,
  { ticks, theme }: { readonly ticks: readonly (readonly string[])[]; readonly theme: Theme },
): PlotlyFields {
  const top = topOf({ panels, groups });
  const fields: PlotlyFields = {};
  for (const [at, place] of places.entries()) {
    fields[axisName("x", at, "axis")] = {
      ...baseAxis(theme),
      domain: place.x,
      anchor: axisName("y", at),
      range: [-0.5, groups.length - 0.5],
      tickmode: "array",
      tickvals: groups.map((_, i) => i),
      ticktext: ticks.map((lines) => lines.join("<br>")),
      tickangle: 0,
      showgrid: false,
    };
    fields[axisName("y", at, "axis")] = {
      ...baseAxis(theme),
      domain: place.y,
      anchor: axisName("x", at),
      range: [0, 1.02 * top],
      tickvals: quarters.filter((value) => value <= top),
      ticktext: ["0", ".25", ".50", ".75", "1"].slice(0, 1 + 4 * top),
      ...(place.column === 0 ? { title: { text: "Rate", font: { size: theme.small }, standoff: 4 } } : {}),
    };
  }
  return panels.length === 0 ? {} : fields;
}

function dashedLine(at: number, x: number, theme: Theme): PlotlyFields {
  return {
    type: "line",
    xref: axisName("x", at),
    yref: `${axisName("y", at)} domain`,
    x0: x,
    x1: x,
    y0: 0,
    y1: 1,
    line: { color: theme.faint, width: 1, dash: "dash" },
  };
}

/** A dash where no method of the panel has a bar in the group. */
function emptyMark(
  { panel, group, x, at }: { panel: BarPanel; group: BarGroup; x: number; at: number },
  theme: Theme,
): PlotlyFields[] {
  if (hasBar(panel, group.key)) return [];
  return [
    {
      text: "–",
      x,
      y: 0,
      xref: axisName("x", at),
      yref: axisName("y", at),
      yanchor: "bottom",
      showarrow: false,
      font: { size: theme.text, color: theme.faint },
    },
  ];
}

function hasBar(panel: BarPanel, key: string): boolean {
  return [...panel.cells.values()].some((cells) => typeof cells[key]?.value === "number");
}

function missingReasons({ panels, groups }: BarChart): string[] {
  const cells = panels.flatMap((panel) =>
    [...panel.cells.values()].flatMap((each) => groups.map(({ key }) => each[key])),
  );
  return [...new Set(cells.flatMap((cell) => (cell?.missing === undefined ? [] : [cell.missing])))];
}
