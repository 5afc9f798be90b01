import { comparisons, unpairedNotes, whyNoComparison } from "../analysis/comparisons.js";
import type { TestOptions } from "../analysis/effect.js";
import { type EffectLine, effectLines } from "../analysis/effectLines.js";
import { effectExclusions } from "../analysis/effectTable.js";
import { intervalName } from "../analysis/intervalName.js";
import { type Measure, paperMeasures } from "../analysis/measure.js";
import { methodName, promptName } from "../analysis/names.js";
import { exclusionNotes, securityNotes } from "../analysis/policyNotes.js";
import { type StudyView, studyView } from "../analysis/studyView.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import { datasetOf } from "./datasetOf.js";
import { drawForest } from "./drawForest.js";
import { emptyFigure } from "./emptyFigure.js";
import { drawnFigure, type Figure } from "./figure.js";
import type { ForestPanel } from "./forestPanel.js";
import { modelsOf } from "./modelsOf.js";
import type { TransitionOptions } from "./figureTransitions.js";

/** What of a run the forest shows, and which intervals. */
export interface ForestOptions extends TransitionOptions, Pick<TestOptions, "interval"> {}

/**
 * All effects at a glance: for each measure of Table 4 and each method of each model the mean difference to the baseline with its 95 %
 * interval (BCa unless told), and the Holm-adjusted p. An interval that crosses the line at 0 is no effect that the data can tell from none.
 *
 * The numbers are Table 4's, the adjustment included: it is over all data sets and models, whichever are shown.
 *
 * @throws InputError for no rows, or a data set or model that they do not hold.
 */
export function figureForest(rows: readonly ResultRow[], options: ForestOptions = {}): Figure {
  const view = studyView(rows, options.baseline);
  const dataset = datasetOf(view, options.dataset);
  const models = modelsOf(view, options.models);
  const lines = effectLines(view, comparisons(view), paperMeasures, {
    interval: options.interval ?? "bootstrap",
  }).filter(({ comparison: { other } }) => other.dataset === dataset && models.includes(other.model));
  const named = { id: "figureForest", title: `Every effect against ${methodName(view.baseline)} on ${dataset}` };
  const missing = [...new Set(lines.flatMap(({ effect }) => ("missing" in effect ? [effect.missing] : [])))];
  const panels = paperMeasures
    .map((measure) => panelOf(view, measure, lines))
    .filter(({ points }) => points.length > 0);
  if (panels.length === 0) {
    const reason =
      lines.length === 0 ? `No effects to show: ${whyNoComparison(view)}.` : `Nothing to show – ${missing.join("; ")}.`;
    return drawnFigure((size, theme) => emptyFigure(named, reason, size, theme), options.width);
  }
  const notes = [
    ...missing.map((reason) => `– ${reason}`),
    ...unpairedNotes(view),
    `Lines: ${intervalName(lines, options)}. Right: p, Holm-adjusted over the run; exact McNemar, for SAFE@1 t test.`,
    ...securityNotes(view),
    ...exclusionNotes(effectExclusions(lines), "pairs"),
    ...view.notes,
  ];
  const methods = view.methods.filter((method) => method !== view.baseline);
  return drawnFigure(
    (size, theme) => drawForest({ ...named, study: view.study, methods, panels, notes }, size, theme),
    options.width,
  );
}

function panelOf(view: StudyView, measure: Measure, lines: readonly EffectLine[]): ForestPanel {
  const points = lines.flatMap(({ comparison: { other }, effect, tAdjusted, mcnemarAdjusted }) => {
    if (effect.measure.key !== measure.key || "missing" in effect) return [];
    const prompt = view.prompts.length > 1 ? ` (${promptName(other.prompt)})` : "";
    const p = measure.binary ? mcnemarAdjusted : tAdjusted;
    return [
      {
        method: other.method,
        name: `${other.model}${prompt}`,
        effect,
        where: { ...other.where, against: view.baseline },
        ...(p === undefined ? {} : { p }),
      },
    ];
  });
  return { measure, points };
}
