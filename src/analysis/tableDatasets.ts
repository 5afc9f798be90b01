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
import { adjusted, correctionName } from "./adjusted.js";
import type { ColumnComparison } from "./compareColumns.js";
import { moreDatasets } from "./advice.js";
import { unpairedNotes, whyNoComparison } from "./comparisons.js";
import { type ColumnOfDataset, type DatasetLine, datasetLines } from "./datasetLines.js";
import type { FamilyOptions } from "./effectLines.js";
import { exclusionNotes, securityNotes } from "./policyNotes.js";
import { shareInterval } from "./shareInterval.js";
import { type StudyView, studyView } from "./studyView.js";
import { type TransitionMatrix, transitionMatrices } from "./transitionMatrices.js";

/** What the comparison of data sets can be asked. */
export interface DatasetOptions extends Pick<FamilyOptions, "tTest" | "correction"> {
  /** The method to start from, where it is not the study's own. */
  readonly baseline?: string;
}

/**
 * The data sets compared over each column of Table 6, as in the paper's section 4.3: the independent t test over the column's values, one
 * a method and model. A value that stands for five samples counts there like one of five hundred, so the same stands beside it weighted
 * with n: all hits over all samples, with Newcombe's interval of the difference, and the weighted t test. p are adjusted over the columns.
 *
 * With one data set its averages are shown, and the table says so.
 *
 * @throws InputError for no rows.
 */
export function tableDatasets(rows: readonly ResultRow[], options: DatasetOptions = {}): TypedTable {
  const view = studyView(rows, options.baseline);
  const matrices = transitionMatrices(view);
  const lines = datasetLines(view, options);
  const p = (of: (comparison: ColumnComparison) => number | undefined) =>
    adjusted(
      lines.map(({ comparison }) => (typeof comparison === "string" ? undefined : of(comparison))),
      options,
    );
  const plain = p(({ tTest }) => tTest?.p);
  const weighted = p(({ weightedP }) => weightedP);
  return typedTable({
    id: "tableDatasets",
    title: "The data sets compared over the columns of Table 6",
    columns: columnsOf(options),
    rows: lines.map((line, i) => rowOf(line, plain[i], weighted[i])),
    notes: [
      ...whyAlone(view, matrices),
      "Mean: of the column's shares, one a method and model, each alike (n: number of shares). Weighted: all hits of the column over all its samples. Δ: A − B.",
      `t test: independent, two-sided, ${options.tTest === "welch" ? "Welch’s" : "pooled variance"}, over the shares, with its 95 % interval; weighted: the same by least squares with n as weights, the interval Newcombe's for independent shares. ${correctionName(options).long} over the lines.`,
      "The same methods and models stand on both sides, and all methods of a model share its baseline's samples: neither test knows that.",
      ...securityNotes(view),
      ...exclusionNotes(
        matrices.map(({ excluded }) => excluded),
        "pairs",
      ),
      ...view.notes,
    ],
  });
}

function whyAlone(view: StudyView, matrices: readonly TransitionMatrix[]): string[] {
  if (matrices.length === 0) return [`No transitions to compare: ${whyNoComparison(view)}.`];
  if (view.datasets.length > 1) return unpairedNotes(view);
  return [
    `Nothing to compare: the rows hold one data set (${view.datasets.join(", ")}); ${moreDatasets(view)}. Shown instead: its averages.`,
    ...unpairedNotes(view),
  ];
}

function columnsOf(options: DatasetOptions): Column[] {
  const adjusted = correctionName(options).short;
  const [mean, weighted] = [`Mean; ${options.tTest === "welch" ? "Welch’s t test" : "t test"}`, "Weighted with n"];
  return [
    { key: "transition", label: "Column", kind: "text" },
    { key: "first", label: "Data set A", kind: "text" },
    { key: "second", label: "Data set B", kind: "text" },
    { key: "meanA", label: "A", kind: "percent", group: mean },
    { key: "meanB", label: "B", kind: "percent", group: mean },
    { key: "difference", label: "Δ", kind: "percent", group: mean },
    { key: "d", label: "d", kind: "effect", group: mean },
    { key: "p", label: "p", kind: "p", group: mean },
    { key: "adjusted", label: adjusted, kind: "p", group: mean },
    { key: "weightedA", label: "A", kind: "percent", group: weighted },
    { key: "weightedB", label: "B", kind: "percent", group: weighted },
    { key: "weightedDifference", label: "Δ", kind: "percent", group: weighted },
    { key: "weightedP", label: "p", kind: "p", group: weighted },
    { key: "weightedAdjusted", label: adjusted, kind: "p", group: weighted },
  ];
}

const noTest = "fewer than two shares a data set, or none that vary: no t test";

function rowOf({ name, datasets, columns, comparison }: DatasetLine, plain?: number, weighted?: number): Row {
  const [a, b] = columns;
  const none = "no sample of the baseline is in the state before, or its verdicts are missing";
  const absent = typeof comparison === "string" ? comparison : noTest;
  const known = typeof comparison === "string" ? undefined : comparison;
  const mean = ({ shares, where }: ColumnOfDataset, dataset: string): Cell => {
    if (dataset === "") return missingCell(absent, {});
    if (shares.length === 0) return missingCell(none, where);
    return {
      value: shares.reduce((sum, { hits, total }) => sum + hits / total, 0) / shares.length,
      total: shares.length,
      where,
    };
  };
  const pooled = ({ shares, where }: ColumnOfDataset, dataset: string): Cell => {
    if (dataset === "") return missingCell(absent, {});
    if (shares.length === 0) return missingCell(none, where);
    const hits = shares.reduce((sum, share) => sum + share.hits, 0);
    const total = shares.reduce((sum, share) => sum + share.total, 0);
    return { value: hits / total, hits, total, interval: shareInterval(hits, total), where };
  };
  const number = (value: number | undefined): Cell =>
    value === undefined ? missingCell(absent, a.where) : numberCell(value, a.where);
  const [meanA, meanB] = [mean(a, datasets[0]), mean(b, datasets[1])];
  const [weightedA, weightedB] = [pooled(a, datasets[0]), pooled(b, datasets[1])];
  const difference = (first: Cell, second: Cell, interval: readonly [number, number] | undefined): Cell =>
    known === undefined
      ? missingCell(absent, a.where)
      : { value: Number(first.value) - Number(second.value), ...(interval ? { interval } : {}), where: a.where };
  return {
    transition: textCell(name, a.where),
    first: textCell(datasets[0], { dataset: datasets[0] }),
    second: datasets[1] === "" ? missingCell(absent, {}) : textCell(datasets[1], { dataset: datasets[1] }),
    ...{ meanA, meanB, weightedA, weightedB },
    difference: difference(meanA, meanB, known?.tTest?.interval),
    d: number(known?.tTest?.d),
    p: number(known?.tTest?.p),
    adjusted: number(plain),
    weightedDifference: difference(weightedA, weightedB, known?.pooledInterval),
    weightedP: number(known?.weightedP),
    weightedAdjusted: number(weighted),
  };
}
