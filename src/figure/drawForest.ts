import { measureName } from "../analysis/measure.js";
import { methodName } from "../analysis/names.js";
import type { Study } from "../record/schema/study.js";
import { formatSigned } from "../table/formatCell.js";
import type { Figure } from "./figure.js";
import { forestAxes, forestHeadings, forestP } from "./forestAxes.js";
import { type ForestPanel, placedPanel } from "./forestPanel.js";
import { forestTrace } from "./forestTrace.js";
import { frame } from "./frame.js";
import { legendEntry, legendLines } from "./legendLines.js";
import { methodStyles } from "./methodStyles.js";
import { nameColumn } from "./nameColumn.js";
import type { FigureSize, Theme } from "./theme.js";
import { wrapText } from "./wrapText.js";

/** What a forest shows. */
export interface Forest {
  readonly id: string;
  readonly title: string;
  readonly study: Study;
  readonly methods: readonly string[];
  readonly panels: readonly ForestPanel[];
  readonly notes: readonly string[];
}

/** Pixels from the figure's edge to a name, and from a name to its panel. */
const [edge, gap] = [8, 4];

/** Draws the forest for a width. All panels share one scale; in a column, where they stand close, the last one alone names it. */
export function drawForest(
  { id, title, study, methods, panels, notes }: Forest,
  size: FigureSize,
  theme: Theme,
): Figure {
  const styles = methodStyles(study, methods, theme);
  const columns = Math.min(panels.length, size === "page" ? 2 : 1);
  const names = nameColumn(methods.map(methodName), { least: 80, most: 130, size: theme.small });
  const left = edge + names.width + gap;
  const [least, space, below] = size === "column" ? [13, 1, 18] : [14, 2, 34];
  const line = Math.max(least, space + 1.3 * theme.small * names.lines);
  const headingRoom = theme.width[size] - 2 * edge;
  const placed = panels.map((panel) => placedPanel(panel, (name) => wrapText(name, headingRoom, theme.small, "bold")));
  const shape = frame({
    ...{ size, theme, title, columns, left, between: 16 },
    panels: panels.length,
    panelHeight: Math.max(...placed.map(({ height }) => height)) * line,
    headings: panels.map(({ measure }) => ({ names: [measureName(measure)] })),
    above: 8,
    below,
    lastBelow: 34,
    legendLines: legendLines(methods, size, theme),
    legendEntry: legendEntry(methods, theme),
    footnotes: notes,
  });
  const listed = new Set<string>();
  return {
    id,
    title,
    data: placed.flatMap((panel, at) =>
      methods.flatMap((method) => {
        const points = panel.points.filter((point) => point.method === method);
        if (points.length === 0) return [];
        const first = !listed.has(method);
        listed.add(method);
        return [forestTrace(points, at, { method, first, style: styles.get(method), measure: panel.measure, theme })];
      }),
    ),
    layout: {
      ...shape.layout,
      showlegend: methods.length > 1,
      hovermode: "closest",
      ...forestAxes(placed, shape.panels, { names, theme }),
      annotations: [
        ...shape.annotations,
        ...placed.flatMap((panel, at) => [
          ...forestP(panel, at, theme),
          ...(shape.panels[at]?.column === 0 ? forestHeadings(panel, at, { left: left - edge, theme }) : []),
        ]),
      ],
    },
    alt: `${title}. ${panels.map(inWords).join(" ")}`,
    notes,
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
