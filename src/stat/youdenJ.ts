import { InputError } from "../error.js";
import type { ConfusionMatrix } from "../metric/confusionMatrix.js";
import type { Interval, IntervalOptions } from "./interval.js";
import { newcombeInterval } from "./newcombeInterval.js";

/**
 * Youden's J = TP/(TP + FN) − FP/(FP + TN), with Newcombe's interval of that difference of independent shares.
 * 0 is a verdict that knows nothing, 1 a perfect one (Youden 1950).
 *
 * @example youdenJ({ tp: 8, fp: 2, tn: 8, fn: 2 }).j // 0.6
 * @throws InputError where nothing is positive or nothing is negative in truth.
 */
export function youdenJ(
  { tp, fp, tn, fn }: ConfusionMatrix,
  options: IntervalOptions = {},
): { readonly j: number; readonly interval: Interval } {
  if (tp + fn === 0 || fp + tn === 0) {
    throw new InputError(`youdenJ requires both positives and negatives, not ${tp + fn} and ${fp + tn}`);
  }
  const { difference, interval } = newcombeInterval(
    { hits: tp, total: tp + fn },
    { hits: fp, total: fp + tn },
    options,
  );
  return { j: difference, interval };
}
