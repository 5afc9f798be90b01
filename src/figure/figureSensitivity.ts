import { whyNoPair } from "../analysis/comparisons.js";
import { methodName, promptName } from "../analysis/names.js";
import { exclusionNotes, securityNotes } from "../analysis/policyNotes.js";
import { type SensitivityPanel, sensitivityOf, settings } from "../analysis/sensitivity.js";
import { type Configuration, type StudyView, studyView } from "../analysis/studyView.js";
import { evidenceOf } from "../analysis/evidence.js";
import { groupRows } from "../metric/groupRows.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import { formatRate } from "../table/formatCell.js";
import { datasetOf } from "./datasetOf.js";
import { drawSensitivity, safeRange } from "./drawSensitivity.js";
import { emptyFigure } from "./emptyFigure.js";
import { drawnFigure, type Figure, type FigureOptions } from "./figure.js";

/** What the figure of sensitivity can be asked. */
export interface SensitivityOptions extends FigureOptions {
  /** The study's first unless told. */
  readonly dataset?: string;
}

/**
 * Does the methods' order hold? For each model the rank of every method by SAFE@1 under 18 ways to count: findings of every severity,
 * from MEDIUM, or only HIGH; code that does not parse as insecure, secure or left out; SAFE with its exponential or linear. The study's
 * own way is framed; a rank that differs from it has a dark edge. Kendall's τ-b says how far each order is from the study's.
 *
 * Where no model has two methods there is nothing to rank: the figure says so, with the range of SAFE@1 under those ways.
 *
 * @throws InputError for no rows, or a data set that they do not hold.
 */
export function figureSensitivity(rows: readonly ResultRow[], options: SensitivityOptions = {}): Figure {
  const view = studyView(rows);
  const dataset = datasetOf(view, options.dataset);
  const title = `Does the order of the methods hold on ${dataset}?`;
  const named = { id: "figureSensitivity", title };
  const configurations = view.configurations.filter((each) => each.dataset === dataset);
  const panels = groupRows(configurations, ["model", "prompt"])
    .map((group) => ({ name: nameOf(view, group), ...sensitivityOf(view, group) }))
    .filter(({ lines }) => lines.length > 0);
  if (panels.length === 0) {
    const reasons = new Set(configurations.flatMap((each) => [...evidenceOf(each, needs).missing.values()]));
    const reason = `Nothing to show – ${[...reasons].join("; ") || "no sample has all its verdicts"}.`;
    return drawnFigure((size, theme) => emptyFigure(named, reason, size, theme), options.width);
  }
  if (panels.every(({ agreement }) => agreement === undefined)) {
    const reason = whyNoOrder(view, configurations, panels);
    return drawnFigure((size, theme) => emptyFigure(named, reason, size, theme), options.width);
  }
  const notes = [
    holds(panels),
    "Numbers: rank by SAFE@1; right: the range of SAFE@1 over all columns. Frame: the study’s own way to count; dark edge: another rank than there.",
    "Top: SAFE exponential as in the paper, or linear. Bottom: findings of all severities that the study counts, from MEDIUM (≥ M), or HIGH only (≥ H); code that does not parse as insecure (I), secure (S) or left out (x).",
    ...securityNotes(view),
    ...exclusionNotes(configurations.map((each) => evidenceOf(each, needs).excluded)),
    ...view.notes,
  ];
  return drawnFigure((size, theme) => drawSensitivity({ ...named, panels, notes }, size, theme), options.width);
}

const needs = ["execution", "union"] as const;

function nameOf(view: StudyView, group: readonly Configuration[]): string {
  const { model, prompt } = group[0] as Configuration;
  return view.prompts.length > 1 ? `${model}, ${promptName(prompt)}` : model;
}

/** Why nothing is ranked, and what can be told all the same. */
function whyNoOrder(
  view: StudyView,
  configurations: readonly Configuration[],
  panels: readonly (SensitivityPanel & { readonly name: string })[],
): string {
  const reasons = new Set(configurations.flatMap((each) => [...evidenceOf(each, needs).missing.values()]));
  const why = [...reasons].join("; ") || whyNoPair(view);
  const ranges = panels.flatMap(({ name, lines }) =>
    lines.map((line) => `${methodName(line.configuration.method)} by ${name}, ${safeRange(line)}`),
  );
  return `There is no order to hold: ${why}. SAFE@1 over the ${settings.length} ways to count: ${ranges.join("; ")}.`;
}

/** The answer in one sentence. */
function holds(panels: readonly SensitivityPanel[]): string {
  const ranked = panels.flatMap(({ agreement }) => (agreement === undefined ? [] : [agreement]));
  const stable = ranked.filter((each) => each.every(({ discordant }) => discordant === 0)).length;
  const all = ranked.flat();
  const pairs = all.reduce((sum, each) => sum + each.pairs, 0);
  const flipped = all.reduce((sum, { discordant }) => sum + discordant, 0);
  const compared = pairs - ranked.reduce((sum, [first]) => sum + (first?.pairs ?? 0), 0);
  const where =
    ranked.length === 1
      ? stable === 1
        ? "The order holds"
        : "The order does not hold"
      : `The order holds in ${stable} of ${ranked.length} panels`;
  return `${where}: of ${compared} pairs of methods under the ${settings.length - 1} other ways to count, ${flipped} change places (${formatRate(compared === 0 ? 0 : flipped / compared)}).`;
}
