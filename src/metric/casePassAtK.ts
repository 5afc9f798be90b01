import type { MetricRow } from "./metricRow.js";
import type { Rate } from "./rate.js";
import { type AtKOptions, meanOfUnits, scoreUnits, type UnitMetric } from "./scoreUnits.js";

/** A sample scores the share of its cases that passed. */
export const casePassMetric: UnitMetric = {
  name: "casePassAtK",
  needs: ["execution"],
  score: (row) => row.casePass ?? 0,
  over: "best",
};

/**
 * Pass@k at case level: the mean over tasks of the share of cases that the best of the first k samples passes.
 *
 * The paper defines k = 1, the mean share of cases passed; the best of k is its continuation, and equals task-level Pass@k
 * where every share is 0 or 1. `hits` is the sum of the shares. Exclusions as for `passAtK`.
 *
 * @example casePassAtK(rows).value // Pass@1, case level [paper 4.2]
 * @throws InputError where k is larger than a task's number of samples.
 */
export function casePassAtK(rows: readonly MetricRow[], options: AtKOptions = {}): Rate {
  return meanOfUnits(scoreUnits(rows, casePassMetric, options));
}

/**
 * Pass@k at case level estimated from all n countable samples of a task: the mean best share over all choices of k of
 * them (`expectedBestOfK`).
 * A task with fewer than k countable samples is excluded. Samples that cannot be counted are passed over and told in `unknown`: unbiased
 * where being unknown says nothing of a verdict.
 *
 * @throws InputError where k is larger than a task's number of samples.
 */
export function casePassAtKUnbiased(rows: readonly MetricRow[], options: AtKOptions = {}): Rate {
  return meanOfUnits(scoreUnits(rows, casePassMetric, { ...options, estimator: "unbiased" }));
}
