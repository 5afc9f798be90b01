import { methodName } from "../analysis/names.js";
import { describeCell, formatRate } from "../table/formatCell.js";
import type { BarChart, BarGroup, BarPanel } from "./barChartData.js";
import type { Cell } from "../table/typedTable.js";
import type { PlotlyFields } from "./figure.js";
import { axisName } from "./frame.js";
import { plotlyText } from "./plotlyText.js";
import type { MethodStyle, Theme } from "./theme.js";

interface Bar {
  readonly x: number;
  readonly group: BarGroup;
  readonly cell: Cell;
  readonly value: number;
}

/** The bars of one method: a trace for each panel that has any, the first of them in the legend. */
export function barTraces(
  chart: BarChart,
  method: string,
  { style, theme }: { readonly style: MethodStyle | undefined; readonly theme: Theme },
): PlotlyFields[] {
  return chart.panels
    .map((panel, at) => ({ panel, at, shown: barsOf(chart, panel, method) }))
    .filter(({ shown }) => shown.length > 0)
    .map(({ panel, at, shown }, i) => ({
      type: "bar",
      name: plotlyText(methodName(method)),
      legendgroup: method,
      showlegend: i === 0,
      x: shown.map(({ x }) => x),
      y: shown.map(({ value }) => value),
      xaxis: axisName("x", at),
      yaxis: axisName("y", at),
      ...barPlace(chart, panel, method),
      error_y: {
        type: "data",
        symmetric: false,
        array: shown.map(({ cell, value }) => (cell.interval?.[1] ?? value) - value),
        arrayminus: shown.map(({ cell, value }) => value - (cell.interval?.[0] ?? value)),
        thickness: 0.8,
        width: 1.5,
        color: theme.ink,
      },
      marker: {
        color: style?.color,
        line: { color: theme.ink, width: 0.5 },
        pattern: {
          shape: style?.pattern ?? "",
          fillmode: "overlay",
          fgcolor: "#ffffff",
          fgopacity: 0.85,
          size: 5,
          solidity: 0.28,
        },
      },
      hovertext: shown.map(({ group, cell, value }) =>
        [panel.name, `${methodName(method)}, ${group.name}: ${formatRate(value)}`, describeCell(cell, "rate")]
          .map(plotlyText)
          .join("<br>"),
      ),
      hoverinfo: "text",
      customdata: shown.map(({ cell }) => cell.where),
    }));
}

/** Share of a group's room that its bars take together, and a single bar at most. */
const [together, widest] = [0.78, 0.32];

/** Bars of one width in all panels: a panel with fewer methods has as many bars less, in the middle of the group. */
function barPlace(
  chart: BarChart,
  panel: BarPanel,
  method: string,
): { readonly width: number; readonly offset: number } {
  const methodsOf = (each: BarPanel) => chart.methods.filter((one) => barsOf(chart, each, one).length > 0);
  const slot = Math.min(widest, together / Math.max(...chart.panels.map((each) => methodsOf(each).length)));
  const own = methodsOf(panel);
  const left = (own.indexOf(method) - own.length / 2) * slot;
  return { width: 0.94 * slot, offset: left + 0.03 * slot };
}

function barsOf({ groups }: BarChart, panel: BarPanel, method: string): Bar[] {
  return groups.flatMap((group, x) => {
    const cell = panel.cells.get(method)?.[group.key];
    return typeof cell?.value === "number" ? [{ x, group, cell, value: cell.value }] : [];
  });
}
