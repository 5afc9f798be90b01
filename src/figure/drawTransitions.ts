import { unpairedNotes } from "../analysis/comparisons.js";
import { floorNotes, movedName, movedWhere } from "../analysis/noiseFloors.js";
import { methodName, promptName } from "../analysis/names.js";
import { exclusionNotes, securityNotes } from "../analysis/policyNotes.js";
import { stateName } from "../analysis/stateName.js";
import type { StudyView } from "../analysis/studyView.js";
import type { TransitionMatrix } from "../analysis/transitionMatrices.js";
import { type SampleState, sampleStates } from "../metric/transitions.js";
import type { Figure, PlotlyFields } from "./figure.js";
import type { Heading } from "./heading.js";
import { axisName, frame, type Panel } from "./frame.js";
import { shadedCells } from "./shadedCells.js";
import { baseAxis, type FigureSize, type Theme } from "./theme.js";

const short: Readonly<Record<SampleState, string>> = {
  "secure+functional": "SF",
  "secure+nonfunctional": "SN",
  "insecure+functional": "IF",
  "insecure+nonfunctional": "IN",
};

/** Matrices to draw, those of a model side by side. */
export interface TransitionChart {
  readonly id: string;
  readonly title: string;
  readonly view: StudyView;
  /** Of methods and of noise floors. */
  readonly matrices: readonly TransitionMatrix[];
  readonly floors: readonly TransitionMatrix[];
}

/** Draws one 4 × 4 field of shades a matrix. */
export function drawTransitions(
  { id, title, view, matrices, floors }: TransitionChart,
  size: FigureSize,
  theme: Theme,
): Figure {
  const methods = new Set(matrices.map(movedName)).size;
  const columns = Math.min(methods, size === "page" ? 4 : 2);
  const [left, between] = [48, 34];
  const side = (theme.width[size] - 8 - left - between * (columns - 1)) / columns;
  const notes = [
    "S secure, I insecure; F functional, N non-functional. Fields: share of the line, and number of samples; the diagonal did not change.",
    ...unpairedNotes(view),
    ...floorNotes(view, floors),
    ...securityNotes(view),
    ...exclusionNotes(
      matrices.map(({ excluded }) => excluded),
      "pairs",
    ),
    ...view.notes,
  ];
  const shape = frame({
    size,
    theme,
    title,
    panels: matrices.length,
    columns,
    panelHeight: Math.min(150, side),
    left,
    between,
    headings: matrices.map((matrix) => headingOf(matrix, view)),
    headingRoom: { left: 10, right: 10 },
    above: 8,
    below: 34,
    legendLines: 0,
    footnotes: notes,
  });
  return {
    id,
    title,
    data: matrices.map((matrix, at) => fields(matrix, at, theme)),
    layout: {
      ...shape.layout,
      showlegend: false,
      barmode: "overlay",
      ...axes(shape.panels, { columns, before: `State under ${methodName(view.baseline)}`, theme }),
      annotations: shape.annotations,
    },
    alt: `${title}. ${matrices.map(inWords).join(" ")}`,
    notes,
  };
}

function fields(matrix: TransitionMatrix, at: number, theme: Theme): PlotlyFields {
  const { base, other, counts } = matrix;
  const cells = sampleStates.flatMap((from, y) => {
    const total = sampleStates.reduce((sum, to) => sum + counts[from][to], 0);
    return sampleStates.map((to, x) => {
      const n = counts[from][to];
      const share = total === 0 ? 0 : n / total;
      const text = total === 0 ? "–" : `${(100 * share).toFixed(0)} %<br>${n}`;
      const hover = `${other.model}: of ${total} samples ${stateName(from).toLowerCase()} under ${methodName(base.method)}, ${n} ${stateName(to).toLowerCase()} under ${movedName({ base, other })}`;
      return { from, to, x, y, share, text, hover, edge: 0 };
    });
  });
  return {
    ...shadedCells(cells, { at, width: 0.96, height: 0.96, theme }),
    customdata: cells.map(({ from, to }) => ({ ...movedWhere(matrix), from, to })),
  };
}

/** Titles stand once: left of each line of panels, and under the lowest panel of each column. */
function axes(
  panels: readonly Panel[],
  { columns, before, theme }: { readonly columns: number; readonly before: string; readonly theme: Theme },
): PlotlyFields {
  const title = (text: string) => ({ text, font: { size: theme.small }, standoff: 4 });
  const labels = { tickvals: [0, 1, 2, 3], ticktext: sampleStates.map((state) => short[state]) };
  return Object.fromEntries(
    panels.flatMap((panel, at) => {
      const common = { ...baseAxis(theme), ...labels, showgrid: false, linewidth: 0, showline: false };
      return [
        [
          axisName("x", at, "axis"),
          {
            ...common,
            domain: panel.x,
            anchor: axisName("y", at),
            range: [-0.5, 3.5],
            ...(at + columns < panels.length ? {} : { title: title("State under the method") }),
          },
        ],
        [
          axisName("y", at, "axis"),
          {
            ...common,
            domain: panel.y,
            anchor: axisName("x", at),
            range: [3.5, -0.5],
            ...(panel.column > 0 ? {} : { title: title(before) }),
          },
        ],
      ];
    }),
  );
}

function headingOf({ base, other, pairs }: TransitionMatrix, view: StudyView): Heading {
  const prompts = view.prompts.length > 1 ? [promptName(other.prompt)] : [];
  return { names: [`${movedName({ base, other })} (n = ${pairs})`], details: [[other.model, ...prompts].join(", ")] };
}

function inWords({ base, other, counts, pairs }: TransitionMatrix): string {
  const kept = sampleStates.reduce((sum, state) => sum + counts[state][state], 0);
  const lost =
    counts["secure+functional"]["secure+nonfunctional"] + counts["insecure+functional"]["secure+nonfunctional"];
  return `${other.model}, ${movedName({ base, other })}: ${kept} of ${pairs} samples keep their state, ${lost} that worked are secure but no longer work.`;
}
