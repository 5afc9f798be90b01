import { measureName } from "../analysis/measure.js";
import { methodName } from "../analysis/names.js";
import type { Study } from "../record/schema/study.js";
import { formatSigned } from "../table/formatCell.js";
import type { Figure, PlotlyFields } from "./figure.js";
import { forestAxes, forestHeadings, forestP } from "./forestAxes.js";
import { forestHeight, type ForestPanel, placed } from "./forestPanel.js";
import { forestTrace } from "./forestTrace.js";
import { axisName, frame, panelTitle } from "./frame.js";
import { legendLines } from "./legendLines.js";
import { methodStyles } from "./methodStyles.js";
import { fitText } from "./plotlyText.js";
import { type FigureSize, theme } from "./theme.js";

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
export function drawForest({ id, title, study, methods, panels, notes }: Forest, size: FigureSize): Figure {
  const styles = methodStyles(study, methods);
  const columns = Math.min(panels.length, size === "page" ? 2 : 1);
  const left = 92;
  const shape = frame({
    ...{ size, title, columns, left, between: 16 },
    panels: panels.length,
    panelHeight: Math.max(...panels.map(({ points }) => forestHeight(points))) * line,
    above: 22,
    below: 34,
    legendLines: legendLines(methods, size),
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
        return [forestTrace(points, at, { method, first, style: styles.get(method), measure: panel.measure })];
      }),
    ),
    layout: {
      ...shape.layout,
      showlegend: methods.length > 1,
      hovermode: "closest",
      ...forestAxes(panels, shape.panels, left),
      annotations: [
        ...shape.annotations,
        ...panels.flatMap(({ measure, points }, at) => {
          const place = shape.panels[at];
          if (place === undefined) return [];
          const name = panelTitle(fitText(measureName(measure), place.widthPx, theme.text), place);
          return [
            name,
            ...forestP(points, at),
            ...(place.column === 0 ? forestHeadings(points, at, theme.width[size]) : []),
          ];
        }),
      ],
      shapes: panels.map((_, at) => zeroLine(at)),
    },
    alt: `${title}. ${panels.map(inWords).join(" ")}`,
    notes,
  };
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
