import { type Rate, rate } from "./rate.js";

/** A verdict beside the truth; `true` means vulnerable. */
export interface Judged {
  readonly predicted: boolean;
  readonly actual: boolean;
}

/** Counts of verdicts by truth; vulnerable is positive. */
export interface ConfusionMatrix {
  readonly tp: number;
  readonly fp: number;
  readonly tn: number;
  readonly fn: number;
}

/** What a confusion matrix says; each rate brings its denominator and is NaN where that is 0. */
export interface ConfusionScores {
  /** TP/(TP + FP). */
  readonly precision: Rate;
  /** TP/(TP + FN), the true positive rate. */
  readonly recall: Rate;
  /** FP/(FP + TN). Not FP/n. */
  readonly falsePositiveRate: Rate;
  /** FN/(TP + FN), the share of vulnerable samples that are missed. */
  readonly falseNegativeRate: Rate;
  /** (TP + TN)/n. */
  readonly accuracy: Rate;
  /** 2TP/(2TP + FP + FN); NaN where nothing is vulnerable and nothing was called so. */
  readonly f1: number;
}

/** Counts verdicts by truth. */
export function confusionMatrix(judged: readonly Judged[]): ConfusionMatrix {
  const count = (predicted: boolean, actual: boolean) =>
    judged.filter((one) => one.predicted === predicted && one.actual === actual).length;
  return { tp: count(true, true), fp: count(true, false), tn: count(false, false), fn: count(false, true) };
}

/**
 * Precision, recall and their kin. MCC and Youden's J, which need all four counts, are `matthewsCorrelation` and `youdenJ`.
 *
 * @example confusionScores({ tp: 8, fp: 2, tn: 5, fn: 5 }).precision.value // 0.8
 */
export function confusionScores({ tp, fp, tn, fn }: ConfusionMatrix): ConfusionScores {
  return {
    precision: rate(tp, tp + fp),
    recall: rate(tp, tp + fn),
    falsePositiveRate: rate(fp, fp + tn),
    falseNegativeRate: rate(fn, tp + fn),
    accuracy: rate(tp + tn, tp + fp + tn + fn),
    f1: rate(2 * tp, 2 * tp + fp + fn).value,
  };
}
