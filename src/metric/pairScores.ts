import { groupRows } from "./groupRows.js";
import type { MetricRow } from "./metricRow.js";
import { countReasons, type Exclusion } from "./rate.js";
import { type AtKOptions, type ScoredUnit, type UnitMetric, unitScorer } from "./scoreUnits.js";

/** One task scored under two methods. */
export interface ScorePair<R extends MetricRow = MetricRow> {
  readonly base: ScoredUnit<R>;
  readonly other: ScoredUnit<R>;
  /** `other` − `base`. */
  readonly difference: number;
}

/** Every task that either method planned is a pair or excluded for one reason. */
export interface ScorePairs<R extends MetricRow = MetricRow> {
  readonly pairs: readonly ScorePair<R>[];
  readonly excluded: readonly Exclusion[];
}

/** The columns that two methods' units share. */
const sharedColumns = ["dataset", "prompt", "model", "repeat", "task"] as const;

/**
 * One metric on two methods, task by task: what paired tests and intervals take.
 *
 * `base` and `other` hold the rows of one method each; units pair on dataset, task, prompt, model and repeat. Where a side
 * is absent or cannot be counted the task is excluded, the reason naming the side.
 *
 * @example pairedBootstrap(pairScores(base, sven, safeMetric).pairs.map((pair) => pair.difference))
 * @throws InputError as `scoreUnits`.
 */
export function pairScores<R extends MetricRow>(
  base: readonly R[],
  other: readonly R[],
  metric: UnitMetric,
  options: AtKOptions = {},
): ScorePairs<R> {
  const bases = new Set(base);
  const pairs: ScorePair<R>[] = [];
  const reasons: string[] = [];
  const score = unitScorer<R>(metric, options);
  const scoreSide = (rows: readonly R[]) => (rows.length === 0 ? "no row" : score(rows));
  for (const rows of groupRows<R>([...base, ...other], sharedColumns)) {
    const mine = scoreSide(rows.filter((row) => bases.has(row)));
    const theirs = scoreSide(rows.filter((row) => !bases.has(row)));
    if (typeof mine === "string") reasons.push(`baseline: ${mine}`);
    else if (typeof theirs === "string") reasons.push(`method: ${theirs}`);
    else pairs.push({ base: mine, other: theirs, difference: theirs.value - mine.value });
  }
  return { pairs, excluded: countReasons(reasons) };
}
