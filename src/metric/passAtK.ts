import type { MetricRow } from "./metricRow.js";
import type { Rate } from "./rate.js";
import { type AtKOptions, meanOfUnits, scoreUnits, type UnitMetric } from "./scoreUnits.js";

/** A sample scores 1 where every case passed. */
export const passMetric: UnitMetric = {
  name: "passAtK",
  needs: ["execution"],
  score: (row) => (row.taskPass === true ? 1 : 0),
  over: "best",
};

/**
 * Pass@k at task level: the share of tasks with at least one sample among the first k that passes every case.
 * Excluded and counted: no sample, endpoint failed, not executed.
 *
 * @example passAtK(rows).value // Pass@1, task level [paper 4.2]
 * @throws InputError where k is larger than a task's number of samples.
 */
export function passAtK(rows: readonly MetricRow[], options: AtKOptions = {}): Rate {
  return meanOfUnits(scoreUnits(rows, passMetric, options));
}

/**
 * Pass@k at task level estimated from all n countable samples of a task: 1 − C(n − c, k)/C(n, k) with c passing ones
 * (Chen et al. 2021, equation 1). A task with fewer than k countable samples is excluded.
 * Samples that cannot be counted are passed over and told in `unknown`: unbiased where being unknown says nothing of a verdict.
 *
 * @throws InputError where k is larger than a task's number of samples.
 */
export function passAtKUnbiased(rows: readonly MetricRow[], options: AtKOptions = {}): Rate {
  return meanOfUnits(scoreUnits(rows, passMetric, { ...options, estimator: "unbiased" }));
}
