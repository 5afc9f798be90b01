import type { ResultRow } from "../record/schema/resultRow.js";
import {
  type Cell,
  type Column,
  missingCell,
  numberCell,
  type Row,
  textCell,
  type TypedTable,
  typedTable,
} from "../table/typedTable.js";
import { comparisons } from "./comparisons.js";
import { type Direction, directionOf } from "./directionOf.js";
import { effectLines } from "./effectLines.js";
import { measureName, measuresOf, safeMeasure, secureMeasure, securePassMeasure, taskPassMeasure } from "./measure.js";
import { methodName } from "./names.js";
import { exclusionNotes, securityNotes } from "./policyNotes.js";
import { howToRepeat, repeatViews, sameIn } from "./repeatViews.js";
import { shareInterval } from "./shareInterval.js";
import { type StableRate, stabilityOf } from "./stabilityOf.js";
import { stubCells, stubColumns } from "./stubColumns.js";
import { type Configuration, type StudyView, studyView } from "./studyView.js";

/** The measures on which a method is held against the baseline, those of Table 4. */
const concluded = [secureMeasure, taskPassMeasure, securePassMeasure, safeMeasure];

const between: readonly Column[] = [
  { key: "lowest", label: "Lowest", kind: "rate", group: "Over the repeats" },
  { key: "highest", label: "Highest", kind: "rate", group: "Over the repeats" },
  { key: "range", label: "Range", kind: "rate", group: "Over the repeats" },
  { key: "sd", label: "SD", kind: "rate", group: "Over the repeats" },
];
const flips: readonly Column[] = [
  { key: "ratio", label: "SD/SE", kind: "number" },
  { key: "changed", label: "Tasks that change", kind: "percent" },
  { key: "finding", label: "Finding by repeat", kind: "text" },
];

/**
 * How stable a run is over its repeats: for every rate of Table 5 its range and standard deviation between repeats, beside the standard
 * error that tasks alone bring about (√(p(1 − p)/n)); the share of tasks that do not score the same in all repeats, with 95 % Wilson
 * interval; and whether what Table 4 finds of a method (up, down, no change, each by interval and Holm-adjusted p) is found in every repeat.
 *
 * With one repeat it shows the rates of Table 4 with their standard errors instead, and says which command makes repeats.
 *
 * @param options.baseline the method to compare with, where it is not the study's own
 * @throws InputError for no rows.
 */
export function tableStability(rows: readonly ResultRow[], options: { readonly baseline?: string } = {}): TypedTable {
  const view = studyView(rows, options.baseline);
  const views = repeatViews(rows, options.baseline);
  const single = views.length < 2;
  const measures = single ? concluded : measuresOf(view.scanners);
  const directions = single ? [] : views.map(directionsOf);
  const stabilities = (views[0]?.configurations ?? []).map((configuration) => {
    const repeats = views.flatMap((each) => sameIn(each, configuration) ?? []);
    return { configuration, repeats: repeats.length, ...stabilityOf(repeats, measures) };
  });
  const lines = stabilities.flatMap(({ configuration, repeats, n, excluded, rates }) =>
    rates.map((rate, at): Row => {
      const where = Object.fromEntries(Object.entries(configuration.where).filter(([key]) => key !== "repeat"));
      const measure = measures[at] ?? secureMeasure;
      return {
        ...stubCells(configuration),
        measure: textCell(measureName(measure), where),
        repeats: numberCell(repeats, where),
        n: { value: typeof rate === "string" ? n : rate.n, ...(at === 0 ? { excluded } : {}), where },
        ...(typeof rate === "string" ? missingCells(rate, where) : rateCells(rate, where)),
        finding: textCell(findingText(directions, configuration, measure.key), where),
      };
    }),
  );
  const found = lines.map((line) => String(line["finding"]?.value)).filter((text) => text !== "");
  const base = methodName(view.baseline);
  return typedTable({
    id: "tableStability",
    title: single ? "Rates and their standard errors (one repeat)" : "How stable the rates are over the repeats",
    columns: [
      ...stubColumns(view),
      { key: "measure", label: "Measure", kind: "text" },
      ...(single ? [] : [{ key: "repeats", label: "Repeats", kind: "count" } as const]),
      { key: "n", label: "n", kind: "count" },
      { key: "mean", label: single ? "Rate" : "Mean", kind: "rate" },
      ...(single ? [] : between),
      { key: "se", label: "SE", kind: "rate" },
      ...(single ? [] : flips),
    ],
    rows: lines,
    notes: [
      single
        ? `One repeat: nothing can be said about stability; ${howToRepeat(view)}. Shown instead: each rate with the standard error that repeats are held against.`
        : `n tasks whose verdicts are known in every repeat. SD/SE near or below 1: repeats differ no more than samples of tasks would. Finding: ${base} against the method in each repeat (95 % interval without 0 and Holm-adjusted p below .05; fewer than 20 pairs: undecided). ${found.filter((text) => text.startsWith("flips")).length} of ${found.length} findings flip.`,
      "SE: √(p(1 − p)/n); for Pass@1 by case and SAFE@1 the standard deviation of the scores over √n.",
      ...securityNotes(view),
      ...exclusionNotes(stabilities.map(({ excluded }) => excluded)),
      ...(single ? view.notes : view.notes.filter((note) => !note.startsWith("Repeat "))),
    ],
  });
}

function missingCells(reason: string, where: Cell["where"]): Record<string, Cell> {
  const keys = ["mean", "lowest", "highest", "range", "sd", "se", "ratio", "changed"];
  return Object.fromEntries(keys.map((key) => [key, missingCell(reason, where)]));
}

function rateCells({ n, rates, mean, sd, se, changed }: StableRate, where: Cell["where"]): Record<string, Cell> {
  const [lowest, highest] = [Math.min(...rates), Math.max(...rates)];
  const cell = (value: number) => numberCell(value, where);
  return {
    ...{ mean: cell(mean), lowest: cell(lowest), highest: cell(highest), range: cell(highest - lowest), se: cell(se) },
    sd: sd === undefined ? missingCell("one repeat", where) : cell(sd),
    ratio:
      sd === undefined || se === 0 ? missingCell("all tasks score the same: no standard error", where) : cell(sd / se),
    changed: { value: changed / n, hits: changed, total: n, interval: shareInterval(changed, n), where },
  };
}

type Directions = ReadonlyMap<string, Direction>;

function directionsOf(view: StudyView): Directions {
  return new Map(
    effectLines(view, comparisons(view), concluded).map((line) => [
      keyOf(line.comparison.other, line.effect.measure.key),
      directionOf(line),
    ]),
  );
}

function keyOf({ dataset, prompt, model, method }: Configuration, measure: string): string {
  return JSON.stringify([dataset, prompt, model, method, measure]);
}

/** `down in all 3`, or `flips: down, no change, down`; a repeat with too few pairs is no flip; empty where nothing is compared. */
function findingText(directions: readonly Directions[], configuration: Configuration, measure: string): string {
  const found = directions.flatMap((each) => each.get(keyOf(configuration, measure)) ?? []);
  if (found.length === 0) return "";
  if (new Set(found).size === 1) return `${found[0]} in all ${found.length}`;
  const decided = new Set(found.filter((direction) => direction !== "undecided"));
  return `${decided.size > 1 ? "flips: " : ""}${found.join(", ")}`;
}
