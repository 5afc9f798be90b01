import { whyNoComparison } from "../analysis/comparisons.js";
import { methodName, promptName } from "../analysis/names.js";
import { exclusionNotes, securityNotes } from "../analysis/policyNotes.js";
import { stateName } from "../analysis/stateName.js";
import { type StudyView, studyView } from "../analysis/studyView.js";
import { type TransitionMatrix, transitionMatrices } from "../analysis/transitionMatrices.js";
import { InputError } from "../error.js";
import { type SampleState, sampleStates } from "../metric/transitions.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import { emptyFigure } from "./emptyFigure.js";
import { drawnFigure, type Figure, type FigureOptions, type PlotlyFields } from "./figure.js";
import { axisName, frame, type Panel, panelTitle } from "./frame.js";
import { fitText, plotlyText } from "./plotlyText.js";
import { baseAxis, type FigureSize, type Theme } from "./theme.js";

/** What the figure of transitions can be asked. */
export interface TransitionOptions extends FigureOptions {
  /** The study's first unless told. */
  readonly dataset?: string;
  /** The method to start from, where it is not the study's own. */
  readonly baseline?: string;
}

const short: Readonly<Record<SampleState, string>> = {
  "secure+functional": "SF",
  "secure+nonfunctional": "SN",
  "insecure+functional": "IF",
  "insecure+nonfunctional": "IN",
};

/**
 * Where the baseline's samples end up: one 4 × 4 field of shades a method and model. A line is a state under the baseline, a column the
 * state under the method; a field holds the share of its line and the number of samples. The diagonal is what did not change.
 *
 * @throws InputError for no rows, or a data set that they do not hold.
 */
export function figureTransitions(rows: readonly ResultRow[], options: TransitionOptions = {}): Figure {
  const view = studyView(rows, options.baseline);
  const dataset = options.dataset ?? view.datasets[0] ?? "";
  if (!view.datasets.includes(dataset)) {
    throw new InputError(`no result rows of data set "${dataset}"; they hold ${view.datasets.join(", ")}`);
  }
  const title = `Samples of ${methodName(view.baseline)} before and after each method on ${dataset}`;
  const matrices = transitionMatrices(view).filter(({ other }) => other.dataset === dataset);
  const reason = whyEmpty(view, matrices);
  const named = { id: "figureTransitions", title };
  return drawnFigure(
    (size, theme) =>
      reason === undefined ? draw(view, matrices, { title, size, theme }) : emptyFigure(named, reason, size, theme),
    options.width,
  );
}

function whyEmpty(view: StudyView, matrices: readonly TransitionMatrix[]): string | undefined {
  if (matrices.length === 0) return `No transitions to show: ${whyNoComparison(view)}.`;
  if (matrices.some(({ pairs }) => pairs > 0)) return undefined;
  const reasons = [...new Set(matrices.flatMap(({ excluded }) => excluded.map((each) => each.reason)))];
  return `No pair has all its verdicts (${reasons.join(", ")}): run \`safelab execute RUN\` and \`safelab scan RUN\`.`;
}

function draw(
  view: StudyView,
  matrices: readonly TransitionMatrix[],
  { title, size, theme }: { readonly title: string; readonly size: FigureSize; readonly theme: Theme },
): Figure {
  const methods = new Set(matrices.map(({ other }) => other.method)).size;
  const columns = Math.min(methods, size === "page" ? 4 : 2);
  const side = (theme.width[size] - 8 - 34 * columns) / columns;
  const notes = [
    `Lines: state under ${methodName(view.baseline)}; columns: state under the method. S secure, I insecure; F functional, N non-functional. Fields: share of the line, and number of samples; the diagonal did not change.`,
    ...securityNotes(view),
    ...exclusionNotes(matrices.map(({ excluded }) => excluded)),
    ...view.notes,
  ];
  const shape = frame({
    size,
    theme,
    title,
    panels: matrices.length,
    columns,
    panelHeight: Math.min(150, side),
    left: 34,
    between: 34,
    above: 34,
    below: 22,
    legendLines: 0,
    footnotes: notes,
  });
  return {
    id: "figureTransitions",
    title,
    data: matrices.map((matrix, at) => fields(matrix, at, theme)),
    layout: {
      ...shape.layout,
      showlegend: false,
      barmode: "overlay",
      ...axes(shape.panels, theme),
      annotations: [
        ...shape.annotations,
        ...matrices.flatMap((matrix, at) => names(matrix, view, { panel: shape.panels[at], theme })),
      ],
    },
    alt: `${title}. ${matrices.map(inWords).join(" ")}`,
    notes,
  };
}

/** Above this share the shade is so dark that white reads better on it. */
const lightText = 0.62;

/** Sixteen rectangles as bars: vectors in print, where a heat map would be a bitmap. */
function fields({ base, other, counts }: TransitionMatrix, at: number, theme: Theme): PlotlyFields {
  const cells = sampleStates.flatMap((from, line) => {
    const total = sampleStates.reduce((sum, to) => sum + counts[from][to], 0);
    return sampleStates.map((to, column) => ({ from, to, line, column, total, n: counts[from][to] }));
  });
  const share = ({ n, total }: { n: number; total: number }) => (total === 0 ? 0 : n / total);
  return {
    type: "bar",
    xaxis: axisName("x", at),
    yaxis: axisName("y", at),
    x: cells.map(({ column }) => column),
    base: cells.map(({ line }) => line - 0.48),
    y: cells.map(() => 0.96),
    width: 0.96,
    marker: {
      color: cells.map(share),
      cmin: 0,
      cmax: 1,
      colorscale: theme.shades,
      showscale: false,
      line: { width: 0 },
    },
    text: cells.map((cell) => (cell.total === 0 ? "–" : `${(100 * share(cell)).toFixed(0)} %<br>${cell.n}`)),
    textposition: "inside",
    insidetextanchor: "middle",
    textangle: 0,
    constraintext: "none",
    textfont: { size: theme.small, color: cells.map((cell) => (share(cell) > lightText ? theme.paper : theme.ink)) },
    hovertext: cells.map(({ from, to, total, n }) =>
      plotlyText(
        `${other.model}: of ${total} samples ${stateName(from).toLowerCase()} under ${methodName(base.method)}, ${n} ${stateName(to).toLowerCase()} under ${methodName(other.method)}`,
      ),
    ),
    hoverinfo: "text",
    customdata: cells.map(({ from, to }) => ({ ...other.where, against: base.method, from, to })),
  };
}

function axes(panels: readonly Panel[], theme: Theme): PlotlyFields {
  const labels = { tickvals: [0, 1, 2, 3], ticktext: sampleStates.map((state) => short[state]) };
  return Object.fromEntries(
    panels.flatMap((panel, at) => {
      const common = { ...baseAxis(theme), ...labels, showgrid: false, linewidth: 0, showline: false };
      return [
        [axisName("x", at, "axis"), { ...common, domain: panel.x, anchor: axisName("y", at), range: [-0.5, 3.5] }],
        [axisName("y", at, "axis"), { ...common, domain: panel.y, anchor: axisName("x", at), range: [3.5, -0.5] }],
      ];
    }),
  );
}

function names(
  { other, pairs }: TransitionMatrix,
  view: StudyView,
  { panel, theme }: { readonly panel: Panel | undefined; readonly theme: Theme },
): PlotlyFields[] {
  if (panel === undefined) return [];
  const { model, method, prompt } = other;
  const prompts = view.prompts.length > 1 ? `, ${promptName(prompt)}` : "";
  const width = panel.widthPx + 20;
  const first = fitText(`${methodName(method)} (n = ${pairs})`, width, theme.text);
  return [panelTitle(`${first}</b><br>${fitText(model + prompts, width, theme.text)}<b>`, panel, theme)];
}

function inWords({ other, counts, pairs }: TransitionMatrix): string {
  const kept = sampleStates.reduce((sum, state) => sum + counts[state][state], 0);
  const lost =
    counts["secure+functional"]["secure+nonfunctional"] + counts["insecure+functional"]["secure+nonfunctional"];
  return `${other.model}, ${methodName(other.method)}: ${kept} of ${pairs} samples keep their state, ${lost} that worked are secure but no longer work.`;
}
