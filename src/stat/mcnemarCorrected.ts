import { chiSquared } from "./distribution/chiSquared.js";
import { requireCounts } from "./requireValues.js";

/** McNemar's χ² test with continuity correction. */
export interface McNemarCorrected {
  readonly onlyFirst: number;
  readonly onlySecond: number;
  /** (|onlyFirst − onlySecond| − 1)²/(onlyFirst + onlySecond), 1 degree of freedom. */
  readonly chiSquared: number;
  readonly p: number;
}

/**
 * McNemar's test with Edwards' continuity correction, as R's `mcnemar.test` prints it: where both counts are equal no
 * correction is made, so χ² is 0 and p is 1. (R prints NaN where there are no discordant pairs; here that, too, is p = 1.)
 * For few discordant pairs take `mcnemarExact`.
 *
 * @example mcnemarCorrected(59, 57).p // 0.92602458
 * @throws InputError unless both are whole numbers ≥ 0.
 */
export function mcnemarCorrected(onlyFirst: number, onlySecond: number): McNemarCorrected {
  requireCounts("mcnemarCorrected", [onlyFirst, onlySecond]);
  const difference = Math.abs(onlyFirst - onlySecond);
  const statistic = difference === 0 ? 0 : (difference - 1) ** 2 / (onlyFirst + onlySecond);
  return { onlyFirst, onlySecond, chiSquared: statistic, p: chiSquared(statistic, 1).upper };
}
