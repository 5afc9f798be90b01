import type { ResultRow } from "../record/schema/resultRow.js";
import { independentTTest } from "../stat/independentTTest.js";
import { type AnovaSample, cellsOf } from "../stat/anovaCells.js";
import { anovaOfCells, type TwoWayAnova } from "../stat/twoWayAnova.js";
import type { Comparison } from "./comparisons.js";
import { evidenceOf } from "./evidence.js";
import type { Measure } from "./measure.js";

/** The terms of the analysis. */
export const anovaTerms = ["treatment", "model", "interaction"] as const;
export type AnovaTerm = (typeof anovaTerms)[number];

/** What the table prints of one term under one type of sums of squares. */
export interface AnovaTest {
  readonly f: number;
  readonly p: number;
  readonly partialEtaSquared: number;
}

/** One response under one method: a test a term and type, or why there is none. */
export interface AnovaResult {
  /** Samples. */
  readonly n: number;
  readonly models: number;
  readonly residualDf?: number;
  readonly df: Readonly<Partial<Record<AnovaTerm, number>>>;
  readonly tests: Readonly<Record<AnovaTerm, { readonly II: AnovaTest; readonly III: AnovaTest } | string>>;
}

/**
 * Two-way analysis of variance of a response: treatment {base, method} × model, over the models that have the response under both.
 * With a single model the treatment alone is tested, by the one-way analysis (F = t² of the pooled t test).
 */
export function anovaOf(compared: readonly Comparison[], measure: Measure, responses: readonly Measure[]): AnovaResult {
  const needs = [...new Set(responses.flatMap((each) => each.needs))];
  const sides = compared.map(({ base, other }) => [evidenceOf(base, needs), evidenceOf(other, needs)] as const);
  const absent = sides.flatMap((both) => both.flatMap(({ missing }) => measure.needs.map((need) => missing.get(need))));
  const usable = sides
    .filter((both) =>
      both.every(({ missing, counted }) => counted.length > 1 && !measure.needs.some((need) => missing.has(need))),
    )
    .map(([base, other], at) => ({ model: String(at), base: base.counted, other: other.counted }));
  const score = (rows: readonly ResultRow[]) => rows.map((row) => measure.metric.score(row));
  const samples = usable.flatMap(({ model, base, other }): AnovaSample[] => [
    { a: "base", b: model, values: score(base) },
    { a: "method", b: model, values: score(other) },
  ]);
  const [n, models] = [samples.reduce((sum, { values }) => sum + values.length, 0), usable.length];
  const nothing = (reason: string): AnovaResult => ({
    ...{ n, models, df: {} },
    tests: { treatment: reason, model: reason, interaction: reason },
  });
  const [first] = usable;
  if (first === undefined) {
    return nothing(absent.find((reason) => reason !== undefined) ?? "fewer than two samples with all verdicts a side");
  }
  if (!samples.some(({ values }) => values.some((value) => value !== values[0])))
    return nothing("all samples of a model score the same under each method");
  if (models === 1) {
    const { t, df, p } = independentTTest(score(first.other), score(first.base));
    const test = { f: t ** 2, p, partialEtaSquared: t ** 2 / (t ** 2 + df) };
    const reason = "one model has both methods: a model's effect and the interaction take two";
    const tests = { treatment: { II: test, III: test }, model: reason, interaction: reason };
    return { n, models, residualDf: df, df: { treatment: 1 }, tests };
  }
  const cells = cellsOf("twoWayAnova", samples);
  const [two, three] = [anovaOfCells(cells, "II"), anovaOfCells(cells, "III")];
  const both = (of: (anova: TwoWayAnova) => AnovaTest) => ({ II: of(two), III: of(three) });
  return {
    ...{ n, models, residualDf: two.residual.df },
    df: { treatment: two.a.df, model: two.b.df, interaction: two.interaction.df },
    tests: {
      treatment: both(({ a }) => a),
      model: both(({ b }) => b),
      interaction: both(({ interaction }) => interaction),
    },
  };
}
