import { mean } from "simple-statistics";
import { InputError } from "../error.js";
import { exclusionReason, type Need } from "./exclusionReason.js";
import { expectedBestOfK } from "./expectedBestOfK.js";
import { groupRows } from "./groupRows.js";
import type { MetricRow } from "./metricRow.js";
import { countReasons, type Exclusion, type Rate, rate } from "./rate.js";
import { requireColumns } from "./requireColumns.js";

/** One metric: how a sample scores, and how the scores of k samples of a task become one. */
export interface UnitMetric {
  /** The function's name, for error messages; that of the unbiased one ends in `Unbiased`. */
  readonly name: string;
  /** What must be known of a sample before it counts. */
  readonly needs: readonly Need[];
  /** Score of a countable sample, 0 … 1. */
  readonly score: (row: MetricRow) => number;
  /** `best`: the best of k (for 0 and 1: at least one of k). `mean`: the mean of k. */
  readonly over: "best" | "mean";
}

/** Options of every metric. */
export interface AtKOptions {
  /** Samples per task that are looked at; 1 unless told. */
  readonly k?: number;
  /**
   * Needs beyond the metric's own, e.g. `["execution", "union"]`: a table row whose rates must share one denominator
   * gives the same needs to all of them.
   */
  readonly needs?: readonly Need[];
}

/**
 * `firstK`: the first k samples in order of `index`, all of which must be countable.
 * `unbiased`: all n countable samples of the unit, at least k of them, whatever their order.
 *
 * 1 − C(n − c, k)/C(n, k) over the n known samples of a unit is unbiased where being unknown says nothing of a sample's verdict. Leaving out
 * every unit with an unknown sample would need that as well, since the verdicts of its known ones are as before, and more: units that often
 * lack a verdict would have to score like the others. So known samples count, and `unknown` tells the rest.
 */
export type Estimator = "firstK" | "unbiased";

/** One task of one configuration (dataset, task, prompt, model, method, repeat) with its samples in order of `index`. */
export interface ScoredUnit<R extends MetricRow = MetricRow> {
  readonly value: number;
  readonly rows: readonly R[];
  /** Why samples of the unit do not count that the estimator passes over, one reason a sample; never any in `firstK`. */
  readonly unknown: readonly string[];
}

/** Every planned unit, either scored or excluded for one reason. */
export interface UnitScores<R extends MetricRow = MetricRow> {
  readonly scored: readonly ScoredUnit<R>[];
  readonly excluded: readonly Exclusion[];
  /** Samples of scored units that the estimator passes over, by reason. */
  readonly unknown: readonly Exclusion[];
}

/** The columns that name a unit. */
export const unitColumns = ["dataset", "prompt", "model", "method", "repeat", "task"] as const;

/** How units are scored. */
export type ScoreOptions = AtKOptions & { readonly estimator?: Estimator };

/**
 * Scores each unit of the rows.
 *
 * A unit with an uncountable sample among its first k (`firstK`), or with fewer than k countable ones (`unbiased`), is
 * excluded for the reason of its first uncountable sample: to keep it only where another sample succeeds would count
 * successes and drop failures. Scored units + excluded units = planned units.
 *
 * @throws InputError where k is no whole number ≥ 1, is larger than a unit's planned samples, or a sample stands twice.
 */
export function scoreUnits<R extends MetricRow>(
  rows: readonly R[],
  metric: UnitMetric,
  options: ScoreOptions = {},
): UnitScores<R> {
  requireColumns(rows, "metrics");
  const score = unitScorer<R>(metric, options);
  const scored: ScoredUnit<R>[] = [];
  const reasons: string[] = [];
  for (const unit of groupRows<R>(rows, unitColumns)) {
    const result = score(unit);
    if (typeof result === "string") reasons.push(result);
    else scored.push(result);
  }
  const unknown = countReasons(scored.flatMap((unit) => unit.unknown));
  return { scored, excluded: countReasons(reasons), unknown };
}

/**
 * The function that scores one unit's rows, or gives the reason why they cannot count; `scoreUnits` on a whole run.
 *
 * @throws InputError as `scoreUnits`, from this call or from the returned function's.
 */
export function unitScorer<R extends MetricRow>(
  metric: UnitMetric,
  options: ScoreOptions = {},
): (unit: readonly R[]) => ScoredUnit<R> | string {
  if (typeof options !== "object") {
    throw new InputError(`${metric.name} requires its options as an object, e.g. { k: 5 }, not ${String(options)}`);
  }
  const { k = 1, estimator = "firstK" } = options;
  const name = estimator === "firstK" ? metric.name : `${metric.name}Unbiased`;
  if (!Number.isInteger(k) || k < 1) throw new InputError(`${name} requires a whole number k ≥ 1, not ${k}`);
  const needs = [...new Set([...metric.needs, ...(options.needs ?? [])])];
  return (unit) => {
    const rows = inOrder(unit, name, k);
    const seen = estimator === "firstK" ? rows.slice(0, k) : rows;
    const scores: number[] = [];
    const unknown: string[] = [];
    for (const row of seen) {
      const why = exclusionReason(row, needs);
      if (why === undefined) scores.push(metric.score(row));
      else unknown.push(why);
    }
    const required = estimator === "firstK" ? seen.length : k;
    if (unknown[0] !== undefined && scores.length < required) return unknown[0];
    return { value: fold(scores, metric.over, k), rows, unknown };
  };
}

function inOrder<R extends MetricRow>(unit: readonly R[], metric: string, k: number): readonly R[] {
  const { dataset, task, prompt, model, method, repeat } = unit[0] as R;
  const name = `task ${task} (${dataset}, ${prompt}, ${model}, ${method}, repeat ${repeat})`;
  if (k > unit.length) {
    throw new InputError(`${metric} requires at least k = ${k} samples of each task; ${name} has ${unit.length}`);
  }
  const samples = unit.length === 1 ? unit : [...unit].sort((a, b) => a.index - b.index);
  const twice = samples.find((row, position) => position > 0 && samples[position - 1]?.index === row.index);
  if (twice !== undefined) {
    throw new InputError(`${metric} requires each sample once; ${name} has sample ${twice.index} twice`);
  }
  return samples;
}

function fold(scores: readonly number[], over: UnitMetric["over"], k: number): number {
  if (over === "mean") return mean([...scores]);
  return scores.length === k ? Math.max(...scores) : expectedBestOfK(scores, k);
}

/** The mean of the units' scores as a rate. */
export function meanOfUnits({ scored, excluded, unknown }: UnitScores): Rate {
  const hits = scored.reduce((sum, unit) => sum + unit.value, 0);
  return { ...rate(hits, scored.length, excluded), ...(unknown.length === 0 ? {} : { unknown }) };
}
