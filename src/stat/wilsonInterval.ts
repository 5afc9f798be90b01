import { InputError } from "../error.js";
import { normalQuantile } from "./distribution/normal.js";
import { confidenceOf, type Interval, type IntervalOptions } from "./interval.js";
import { requireCounts } from "./requireValues.js";

/**
 * Wilson's score interval of a share, without continuity correction (Wilson 1927). It stays within 0 … 1 and does not shrink to
 * a point at 0 or n hits.
 *
 * Agrees with `statsmodels.stats.proportion.proportion_confint(hits, total, method="wilson")`.
 *
 * @example wilsonInterval(4, 5) // { lower: 0.3755, upper: 0.9638, confidence: 0.95 }
 * @throws InputError unless hits and total are whole numbers with 0 ≤ hits ≤ total and total ≥ 1.
 */
export function wilsonInterval(hits: number, total: number, options: IntervalOptions = {}): Interval {
  const confidence = confidenceOf("wilsonInterval", options);
  requireCounts("wilsonInterval", [hits, total]);
  if (total === 0 || hits > total) {
    throw new InputError(`wilsonInterval requires hits ≤ total and total ≥ 1, not ${hits} of ${total}`);
  }
  const z = normalQuantile((1 + confidence) / 2);
  const share = hits / total;
  const scale = 1 + z ** 2 / total;
  const center = (share + z ** 2 / (2 * total)) / scale;
  const margin = (z / scale) * Math.sqrt((share * (1 - share)) / total + z ** 2 / (4 * total ** 2));
  return {
    lower: hits === 0 ? 0 : Math.max(0, center - margin),
    upper: hits === total ? 1 : Math.min(1, center + margin),
    confidence,
  };
}
