import { barAlt } from "./barAlt.js";
import type { BarChart, BarPanel } from "./barChartData.js";
import { barTraces } from "./barTraces.js";
import { emptyFigure } from "./emptyFigure.js";
import type { Figure, PlotlyFields } from "./figure.js";
import { axisName, type Frame, frame, panelTitle } from "./frame.js";
import { legendLines } from "./legendLines.js";
import { methodStyles } from "./methodStyles.js";
import { fitText } from "./plotlyText.js";
import { baseAxis, type FigureSize, theme } from "./theme.js";

/** Draws the chart for a width. Bars carry 95 % intervals; hovering gives value, n and interval; what is missing is said below. */
export function drawBarChart(chart: BarChart, size: FigureSize): Figure {
  const { id, title, panels, methods, study } = chart;
  const styles = methodStyles(study, methods);
  const missing = missingReasons(chart);
  if (!panels.some((panel) => chart.groups.some((group) => hasBar(panel, group.key)))) {
    return emptyFigure(chart, `Nothing to show – ${missing.join("; ")}.`, size);
  }
  const columns = size === "page" ? Math.min(2, panels.length) : 1;
  const shape = frame({
    size,
    title,
    panels: panels.length,
    columns,
    panelHeight: panelHeight(size, panels.length),
    left: 40,
    between: 34,
    above: 22,
    below: 20,
    legendLines: legendLines(methods, size),
    footnotes: [...missing.map((reason) => `– ${reason}`), ...chart.notes],
  });
  return {
    id,
    title,
    data: methods.flatMap((method) => barTraces(chart, method, styles.get(method))),
    layout: {
      ...shape.layout,
      barmode: "group",
      bargap: 0.22,
      bargroupgap: 0.06,
      showlegend: methods.length > 1,
      ...axes(chart, shape),
      annotations: [...shape.annotations, ...panelMarks(chart, shape)],
      shapes: chart.before === 0 ? [] : panels.map((_, at) => dashedLine(at, chart.before - 0.5)),
    },
    alt: barAlt(chart),
    notes: [...missing, ...chart.notes],
  };
}

/** In one column many panels are low, so that seven models fit a page. */
function panelHeight(size: FigureSize, panels: number): number {
  if (size === "page") return panels === 1 ? 220 : 130;
  return panels > 4 ? 68 : 110;
}

function panelMarks({ panels, groups }: BarChart, { panels: places }: Frame): PlotlyFields[] {
  return panels.flatMap((panel, at) => {
    const place = places[at];
    if (place === undefined) return [];
    const name = panelTitle(fitText(`${panel.name} (n = ${panel.n})`, place.widthPx, theme.text), place);
    return [name, ...groups.flatMap((group, x) => emptyMark(panel, group.key, x, at))];
  });
}

function axes({ panels, groups }: BarChart, { panels: places }: Frame): PlotlyFields {
  const fields: PlotlyFields = {};
  for (const [at, place] of places.entries()) {
    fields[axisName("x", at, "axis")] = {
      ...baseAxis(),
      domain: place.x,
      anchor: axisName("y", at),
      range: [-0.5, groups.length - 0.5],
      tickmode: "array",
      tickvals: groups.map((_, i) => i),
      ticktext: groups.map(({ short }) => fitText(short, place.widthPx / groups.length, theme.small)),
      tickangle: 0,
      showgrid: false,
    };
    fields[axisName("y", at, "axis")] = {
      ...baseAxis(),
      domain: place.y,
      anchor: axisName("x", at),
      range: [0, 1.02],
      tickvals: [0, 0.25, 0.5, 0.75, 1],
      ticktext: ["0", ".25", ".50", ".75", "1"],
      ...(place.column === 0 ? { title: { text: "Rate", font: { size: theme.small }, standoff: 4 } } : {}),
    };
  }
  return panels.length === 0 ? {} : fields;
}

function dashedLine(at: number, x: number): PlotlyFields {
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
function emptyMark(panel: BarPanel, key: string, x: number, at: number): PlotlyFields[] {
  if (hasBar(panel, key)) return [];
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
