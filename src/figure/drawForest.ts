import { measureName } from "../analysis/measure.js";
import { methodName } from "../analysis/names.js";
import type { Study } from "../record/schema/study.js";
import { formatSigned } from "../table/formatCell.js";
import type { Figure } from "./figure.js";
import { forestAxes, forestHeadings, forestP } from "./forestAxes.js";
import { forestHeight, type ForestPanel, placed } from "./forestPanel.js";
import { forestTrace } from "./forestTrace.js";
import { frame, panelName } from "./frame.js";
import { legendEntry, legendLines } from "./legendLines.js";
import { methodStyles } from "./methodStyles.js";
import type { FigureSize, Theme } from "./theme.js";

/** What a forest shows. */
export interface Forest {
  readonly id: string;
  readonly title: string;
  readonly study: Study;
  readonly methods: readonly string[];
  readonly panels: readonly ForestPanel[];
  readonly notes: readonly string[];
}

const line = 14;
/** Draws the forest for a width. All panels share one scale. */
export function drawForest(
  { id, title, study, methods, panels, notes }: Forest,
  size: FigureSize,
  theme: Theme,
): Figure {
  const styles = methodStyles(study, methods, theme);
  const columns = Math.min(panels.length, size === "page" ? 2 : 1);
  const left = 92;
  const shape = frame({
    ...{ size, theme, title, columns, left, between: 16 },
    panels: panels.length,
    panelHeight: Math.max(...panels.map(({ points }) => forestHeight(points))) * line,
    above: 22,
    below: 34,
    legendLines: legendLines(methods, size, theme),
    legendEntry: legendEntry(methods, theme),
    footnotes: notes,
  });
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
        return [forestTrace(points, at, { method, first, style: styles.get(method), measure: panel.measure, theme })];
      }),
    ),
    layout: {
      ...shape.layout,
      showlegend: methods.length > 1,
      hovermode: "closest",
      ...forestAxes(panels, shape.panels, { left, theme }),
      annotations: [
        ...shape.annotations,
        ...panels.flatMap(({ measure, points }, at) => {
          const place = shape.panels[at];
          if (place === undefined) return [];
          const name = panelName(measureName(measure), place, theme);
          return [
            name,
            ...forestP(points, at, theme),
            ...(place.column === 0 ? forestHeadings(points, at, { width: theme.width[size], theme }) : []),
          ];
        }),
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
