import { whyNoComparison } from "../analysis/comparisons.js";
import { methodName } from "../analysis/names.js";
import { noiseFloors, withFloors } from "../analysis/noiseFloors.js";
import { type StudyView, studyView } from "../analysis/studyView.js";
import { type TransitionMatrix, transitionMatrices } from "../analysis/transitionMatrices.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import { datasetOf } from "./datasetOf.js";
import { drawTransitions } from "./drawTransitions.js";
import { emptyFigure } from "./emptyFigure.js";
import { drawnFigure, type Figure, type FigureOptions } from "./figure.js";
import { modelsOf } from "./modelsOf.js";

/** What the figure of transitions can be asked. */
export interface TransitionOptions extends FigureOptions {
  /** The study's first unless told. */
  readonly dataset?: string;
  /** The method to start from, where it is not the study's own. */
  readonly baseline?: string;
  /** The models to show, all unless told: a study of many fills more than a page (`figurePages`). */
  readonly models?: readonly string[];
}

/**
 * Where the baseline's samples end up: one 4 × 4 field of shades a method and model. A line is a state under the baseline, a column the
 * state under the method; a field holds the share of its line and the number of samples. The diagonal is what did not change. Behind the
 * methods of a model stands the noise floor, the baseline against itself in another repeat, where the run has repeats.
 *
 * @throws InputError for no rows, or a data set or model that they do not hold.
 */
export function figureTransitions(rows: readonly ResultRow[], options: TransitionOptions = {}): Figure {
  const view = studyView(rows, options.baseline);
  const dataset = datasetOf(view, options.dataset);
  const models = modelsOf(view, options.models);
  const title = `Samples of ${methodName(view.baseline)} before and after each method on ${dataset}`;
  const own = ({ other }: TransitionMatrix) => other.dataset === dataset && models.includes(other.model);
  const floors = noiseFloors(rows, view).filter(own);
  const matrices = withFloors(transitionMatrices(view).filter(own), floors);
  const reason = whyEmpty(view, matrices);
  const named = { id: "figureTransitions", title };
  return drawnFigure(
    (size, theme) =>
      reason === undefined
        ? drawTransitions({ ...named, view, matrices, floors }, size, theme)
        : emptyFigure(named, reason, size, theme),
    options.width,
  );
}

function whyEmpty(view: StudyView, matrices: readonly TransitionMatrix[]): string | undefined {
  if (matrices.length === 0) return `No transitions to show: ${whyNoComparison(view)}.`;
  if (matrices.some(({ pairs }) => pairs > 0)) return undefined;
  const reasons = [...new Set(matrices.flatMap(({ excluded }) => excluded.map((each) => each.reason)))];
  return `No pair has all its verdicts (${reasons.join(", ")}): run \`safelab execute RUN\` and \`safelab scan RUN\`.`;
}
