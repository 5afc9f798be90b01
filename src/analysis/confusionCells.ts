import type { ConfusionMatrix } from "../metric/confusionMatrix.js";
import type { Rate } from "../metric/rate.js";
import { bootstrapCounts } from "../stat/bootstrapCounts.js";
import { matthewsCorrelation } from "../stat/matthewsCorrelation.js";
import { youdenJ } from "../stat/youdenJ.js";
import { type Cell, missingCell } from "../table/typedTable.js";
import { shareInterval } from "./shareInterval.js";

/** A share of the matrix with its Wilson interval; `none` says why there is nothing to share. */
export function rateCell({ value, hits, total }: Rate, where: Cell["where"], none: string): Cell {
  if (total === 0) return missingCell(none, where);
  return { value, hits, total, interval: shareInterval(hits, total), where };
}

const alike = "not defined where all verdicts or all labels are alike";

/** Matthews' correlation with its bootstrap interval. */
export function mccCell(matrix: ConfusionMatrix, seed: number, where: Cell["where"]): Cell {
  const { tp, fp, tn, fn } = matrix;
  const value = matthewsCorrelation(matrix);
  if (Number.isNaN(value)) return missingCell(alike, where);
  const statistic = ([tp = 0, fp = 0, tn = 0, fn = 0]: readonly number[]) => matthewsCorrelation({ tp, fp, tn, fn });
  const { interval } = bootstrapCounts([tp, fp, tn, fn], statistic, { seed });
  return { value, interval: [interval.lower, interval.upper], where };
}

/** Youden's J with Newcombe's interval. */
export function youdenCell(matrix: ConfusionMatrix, where: Cell["where"]): Cell {
  if (matrix.tp + matrix.fn === 0 || matrix.fp + matrix.tn === 0) return missingCell(alike, where);
  const { j, interval } = youdenJ(matrix);
  return { value: j, interval: [interval.lower, interval.upper], where };
}
