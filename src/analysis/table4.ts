import type { ResultRow } from "../record/schema/resultRow.js";
import {
  type Cell,
  type Column,
  missingCell,
  type Row,
  textCell,
  type TypedTable,
  typedTable,
} from "../table/typedTable.js";
import { whyNoComparison } from "./comparisons.js";
import { type EffectLine, effectLines } from "./effectLines.js";
import {
  casePassMeasure,
  type Measure,
  measureName,
  safeMeasure,
  scannerMeasure,
  secureMeasure,
  securePassMeasure,
  taskPassMeasure,
} from "./measure.js";
import { methodName } from "./names.js";
import { exclusionNotes, securityNotes } from "./policyNotes.js";
import { stubCells, stubColumns } from "./stubColumns.js";
import { type StudyView, studyView } from "./studyView.js";

/** What Table 4 can be asked. */
export interface EffectOptions {
  /** The method to compare with, where it is not the study's own. */
  readonly baseline?: string;
  /** `paper`: Secure@1, Pass@1, Secure-Pass@1 and SAFE@1 (unless told). `all`: each scanner and case-level Pass@1 as well. */
  readonly measures?: "paper" | "all";
}

const noVariance = "all samples score the same under both methods: no t test";
const notBinary = "a mean of scores: McNemar's test takes yes or no";

/**
 * Table 4: the baseline against every method, on Secure@1, Pass@1, Secure-Pass@1 and SAFE@1.
 *
 * The paper's independent two-sample t test and Cohen's d (pooled SD, signed: method − baseline), beside what paired data deserve: the
 * mean difference with its BCa bootstrap interval and the exact McNemar test. Both p values also Holm-adjusted over the whole table.
 *
 * @throws InputError for no rows.
 * @example table4(rows, { baseline: "sven" })
 */
export function table4(rows: readonly ResultRow[], options: EffectOptions = {}): TypedTable {
  const view = studyView(rows, options.baseline);
  const measures = measuresFor(view, options.measures ?? "paper");
  const lines = effectLines(view, measures);
  const count = (test: "tHolm" | "mcnemarHolm") => lines.filter((line) => line[test] !== undefined).length;
  return typedTable({
    id: "table4",
    title: `${methodName(view.baseline)} against every method`,
    columns: columnsOf(view),
    rows: lines.map((line) => rowOf(line, view.baseline)),
    notes: [
      ...(lines.length === 0 ? [`Nothing to compare: ${whyNoComparison(view)}.`] : []),
      `Δ and d are method − ${methodName(view.baseline)}: a gain is positive. Δ with 95 % BCa bootstrap interval over pairs (2,000 resamples, seed ${view.study.seed}).`,
      `t test: independent, two-sided, pooled variance, as in the paper; McNemar: exact, two-sided, on pairs. Holm: adjusted over the table's ${count("tHolm")} t tests and ${count("mcnemarHolm")} McNemar tests.`,
      ...securityNotes(view),
      ...exclusionNotes(
        lines.filter((_, i) => i % measures.length === 0).map(({ effect }) => ("n" in effect ? effect.excluded : [])),
      ),
      ...view.notes,
    ],
  });
}

function measuresFor(view: StudyView, which: "paper" | "all"): Measure[] {
  const paper = [secureMeasure, taskPassMeasure, securePassMeasure, safeMeasure];
  if (which === "paper") return paper;
  return [
    ...view.scanners.map(scannerMeasure),
    secureMeasure,
    casePassMeasure,
    taskPassMeasure,
    securePassMeasure,
    safeMeasure,
  ];
}

function columnsOf(view: StudyView): Column[] {
  return [
    ...stubColumns(view),
    { key: "measure", label: "Measure", kind: "text" },
    { key: "n", label: "n", kind: "count" },
    { key: "base", label: methodName(view.baseline), kind: "rate" },
    { key: "other", label: "Method", kind: "rate" },
    { key: "difference", label: "Δ", kind: "difference" },
    { key: "d", label: "d", kind: "effect" },
    { key: "tP", label: "p", kind: "p", group: "t test" },
    { key: "tHolm", label: "Holm", kind: "p", group: "t test" },
    { key: "mcnemarP", label: "p", kind: "p", group: "McNemar" },
    { key: "mcnemarHolm", label: "Holm", kind: "p", group: "McNemar" },
  ];
}

function rowOf({ comparison, effect, tHolm, mcnemarHolm }: EffectLine, against: string): Row {
  const { other } = comparison;
  const where = { ...other.where, against };
  const names = { ...stubCells(other), measure: textCell(measureName(effect.measure), where) };
  if ("missing" in effect) {
    const keys = ["n", "base", "other", "difference", "d", "tP", "tHolm", "mcnemarP", "mcnemarHolm"];
    return { ...names, ...Object.fromEntries(keys.map((key) => [key, missingCell(effect.missing, where)])) };
  }
  const { n, excluded, tTest, mcnemar, measure } = effect;
  const share = (value: number): Partial<Cell> =>
    measure.binary ? { hits: Math.round(value * n), total: n } : { total: n };
  const cell = (value: number | undefined, otherwise: string): Cell =>
    value === undefined ? missingCell(otherwise, where) : { value, where };
  return {
    ...names,
    n: { value: n, excluded, where },
    base: { value: effect.base, ...share(effect.base), where: comparison.base.where },
    other: { value: effect.other, ...share(effect.other), where: other.where },
    difference: { value: effect.difference, total: n, interval: effect.interval, where },
    d: cell(tTest?.d, noVariance),
    tP: cell(tTest?.p, noVariance),
    tHolm: cell(tHolm, noVariance),
    mcnemarP: cell(mcnemar?.p, notBinary),
    mcnemarHolm: cell(mcnemarHolm, notBinary),
  };
}
