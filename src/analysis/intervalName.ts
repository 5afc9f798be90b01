import type { TestOptions } from "./effect.js";
import type { EffectLine } from "./effectLines.js";

const enough = 10;

/**
 * Which intervals the differences have, for a note, and in how many effects the bootstrap's are too narrow: it can only resample the
 * pairs that score differently. Of fewer than 10 of those it covers the true difference in 85 to 95 % of studies, of none it is a
 * point; Newcombe's covers it in 95 to 99 % (counted over all outcomes of 26, 70 and 240 pairs).
 */
export function intervalName(lines: readonly EffectLine[], { interval }: Pick<TestOptions, "interval">): string {
  const known = lines.flatMap(({ effect }) => ("missing" in effect ? [] : [effect]));
  const sparse = known.filter(
    ({ measure, differing }) => differing < enough && (interval !== "newcombe" || !measure.binary),
  );
  const bootstrap = "95 % BCa bootstrap intervals over all resamples of pairs";
  const name =
    interval === "newcombe" ? `Newcombe’s 95 % intervals for pairs; for means of scores ${bootstrap}` : bootstrap;
  return sparse.length === 0
    ? name
    : `${name}, too narrow where under ${enough} differ (${sparse.length} of ${known.length} effects)`;
}
