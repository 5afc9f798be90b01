import type { Need } from "../metric/exclusionReason.js";
import { countReasons, type Exclusion } from "../metric/rate.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import { sampleMoments } from "../stat/sampleMoments.js";
import { isOutsider } from "./configurationRates.js";
import { doubtsOf, evidenceOf } from "./evidence.js";
import type { Measure } from "./measure.js";
import type { Configuration } from "./studyView.js";

/** One rate over the repeats of a configuration. */
export interface StableRate {
  readonly measure: Measure;
  /** Tasks whose verdicts are known in every repeat. */
  readonly n: number;
  /** The rate of each repeat, over the same tasks. */
  readonly rates: readonly number[];
  readonly mean: number;
  /** Sample SD of the rates; absent with one repeat. */
  readonly sd?: number;
  /** What one repeat varies by through its tasks: √(p(1 − p)/n), for means of scores their SD/√n. */
  readonly se: number;
  /** Tasks that do not score the same in all repeats. */
  readonly changed: number;
}

/** A configuration over its repeats: every rate on the tasks whose verdicts are known in all of them; scanners beside the union have their own. */
export interface Stability {
  readonly n: number;
  readonly excluded: readonly Exclusion[];
  /** In the order of the measures; a string says why there is none. */
  readonly rates: readonly (StableRate | string)[];
}

/**
 * How much the rates of one configuration differ from repeat to repeat.
 *
 * @param repeats the configuration in each repeat, the first first
 */
export function stabilityOf(repeats: readonly Configuration[], measures: readonly Measure[]): Stability {
  const union = repeats[0]?.rows[0]?.facts.study.union ?? [];
  const isOwn = (measure: Measure) => isOutsider(measure, union);
  const shared = knownTasks(
    repeats,
    measures.filter((measure) => !isOwn(measure)),
  );
  const rates = measures.map((measure) => {
    const { counted, missing } = isOwn(measure) ? knownTasks(repeats, [measure]) : shared;
    const reason = measure.needs.map((need) => missing.get(need)).find((each) => each !== undefined);
    if (reason !== undefined) return reason;
    return counted.length === 0 ? "no task has all its verdicts in every repeat" : rateOf(counted, measure);
  });
  return { n: shared.counted.length, excluded: shared.excluded, rates };
}

/** The tasks that rates which are counted together share, and what is missing as a whole. */
function knownTasks(repeats: readonly Configuration[], measures: readonly Measure[]) {
  const needs = [...new Set(measures.flatMap((measure) => measure.needs))];
  const missing = new Map(repeats.flatMap((repeat) => [...evidenceOf(repeat, needs).missing]));
  const met = needs.filter((need) => !missing.has(need));
  return { ...sharedTasks(repeats, met), missing };
}

/** The rows of each task, one a repeat. */
function sharedTasks(repeats: readonly Configuration[], met: readonly Need[]) {
  const [first, ...later] = repeats.map(({ rows }) => rows);
  const others = later.map((rows) => new Map(rows.map((row) => [row.task, row])));
  const doubts = repeats.map((repeat) => doubtsOf(repeat, met));
  const reasons: string[] = [];
  const counted: ResultRow[][] = [];
  for (const row of met.length === 0 ? [] : (first ?? [])) {
    const all = [row, ...others.map((each) => each.get(row.task))];
    const reasonAt = (at: number) => {
      const each = all[at];
      return each === undefined ? "no row" : doubts[at]?.get(each);
    };
    const at = all.findIndex((_, place) => reasonAt(place) !== undefined);
    if (at === -1) counted.push(all as ResultRow[]);
    else
      reasons.push(
        repeats.length === 1 ? `${reasonAt(at)}` : `repeat ${repeats[at]?.where["repeat"]}: ${reasonAt(at)}`,
      );
  }
  return { counted, excluded: countReasons(reasons) };
}

function rateOf(tasks: readonly (readonly ResultRow[])[], measure: Measure): StableRate {
  const scores = tasks.map((rows) => rows.map(measure.metric.score));
  const repeats = scores[0]?.map((_, repeat) => scores.map((task) => task[repeat] ?? 0)) ?? [];
  const moments = repeats.map((each) => sampleMoments("stabilityOf", each, 1));
  const rates = moments.map((each) => each.mean);
  const between = sampleMoments("stabilityOf", rates, 1);
  const n = tasks.length;
  const within = moments.reduce((sum, { squares }) => sum + squares, 0) / (moments.length * Math.max(1, n - 1));
  const variance = measure.binary ? between.mean * (1 - between.mean) : within;
  return {
    measure,
    n,
    rates,
    mean: between.mean,
    ...(rates.length < 2 ? {} : { sd: Math.sqrt(between.squares / (rates.length - 1)) }),
    se: Math.sqrt(variance / n),
    changed: scores.filter((task) => task.some((score) => score !== task[0])).length,
  };
}
