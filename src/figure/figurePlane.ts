import { unpairedNotes, whyNoComparison } from "../analysis/comparisons.js";
import { type ConfigurationRates, configurationRates } from "../analysis/configurationRates.js";
import { secureMeasure, taskPassMeasure } from "../analysis/measure.js";
import { methodName } from "../analysis/names.js";
import { exclusionNotes, securityNotes } from "../analysis/policyNotes.js";
import { type StudyView, studyView } from "../analysis/studyView.js";
import { groupRows } from "../metric/groupRows.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import { datasetOf } from "./datasetOf.js";
import { drawPlane } from "./drawPlane.js";
import { emptyFigure } from "./emptyFigure.js";
import { drawnFigure, type Figure } from "./figure.js";
import type { TransitionOptions } from "./figureTransitions.js";
import { type PlanePanel, planePoints } from "./planePoints.js";

/**
 * Security against function: one panel a model, each method a point at its Pass@1 by task and its Secure@1 by the union, with 95 %
 * intervals and an arrow from the baseline. Up is safer, right works more often; an arrow that goes up and left bought security with
 * function. The numbers are Table 5's.
 *
 * @throws InputError for no rows, or a data set that they do not hold.
 */
export function figurePlane(rows: readonly ResultRow[], options: TransitionOptions = {}): Figure {
  const view = studyView(rows, options.baseline);
  const dataset = datasetOf(view, options.dataset);
  const rates = configurationRates(view, [secureMeasure, taskPassMeasure]).filter(
    ({ configuration }) => configuration.dataset === dataset,
  );
  const all = panelsOf(view, rates);
  const panels = all.filter(({ points }) => points.length > 0);
  const empty = all.filter(({ points }) => points.length === 0).map(({ name }) => name);
  const title = `Security against function on ${dataset}`;
  const named = { id: "figurePlane", title };
  const missing = [
    ...new Set(rates.flatMap(({ cells }) => Object.values(cells).flatMap((cell) => cell.missing ?? []))),
  ];
  if (panels.length === 0) {
    const reason = `Nothing to show – ${missing.join("; ")}.`;
    return drawnFigure((size, theme) => emptyFigure(named, reason, size, theme), options.width);
  }
  const arrows = panels.some(({ points }) => points.some(({ from }) => from !== undefined));
  const notes = [
    ...(empty.length === 0 ? [] : [`Without a point: ${empty.join(", ")}.`]),
    ...missing.map((reason) => `– ${reason}`),
    arrows
      ? `Arrows lead from ${methodName(view.baseline)} to each method that is not right beside it. Thin lines: 95 % Wilson intervals.`
      : `No arrows: ${whyNoComparison(view)}. Thin lines: 95 % Wilson intervals.`,
    ...unpairedNotes(view),
    ...securityNotes(view),
    ...exclusionNotes(rates.map(({ excluded }) => excluded)),
    ...view.notes,
  ];
  const methods = view.methods.filter((method) => panels.some(({ points }) => points.some((p) => p.method === method)));
  return drawnFigure(
    (size, theme) => drawPlane({ ...named, study: view.study, methods, panels, notes }, size, theme),
    options.width,
  );
}

function panelsOf(view: StudyView, rates: readonly ConfigurationRates[]): PlanePanel[] {
  const lines = rates.map((each) => ({
    ...each,
    model: each.configuration.model,
    prompt: each.configuration.prompt,
  }));
  return groupRows(lines, ["model", "prompt"]).map((group) => planePoints(view, group));
}
