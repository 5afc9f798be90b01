import type { ConfusionMatrix } from "../metric/confusionMatrix.js";

/**
 * Matthews' correlation coefficient (φ) of verdicts with the truth, −1 … 1 (Matthews 1975).
 *
 * NaN where a row or a column of the matrix is empty: the correlation with a constant is not defined (scikit-learn's
 * `matthews_corrcoef` prints 0 there; elsewhere they agree).
 *
 * @example matthewsCorrelation({ tp: 6, fp: 1, tn: 3, fn: 2 }) // 0.4781
 */
export function matthewsCorrelation({ tp, fp, tn, fn }: ConfusionMatrix): number {
  const spread = Math.sqrt(tp + fp) * Math.sqrt(tp + fn) * Math.sqrt(tn + fp) * Math.sqrt(tn + fn);
  return spread === 0 ? Number.NaN : (tp * tn - fp * fn) / spread;
}
