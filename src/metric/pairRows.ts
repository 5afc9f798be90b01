import { InputError } from "../error.js";
import { groupRows } from "./groupRows.js";
import type { MetricRow } from "./metricRow.js";

/** Two samples that answer the same question. */
export interface RowPair<R extends MetricRow = MetricRow> {
  readonly base: R;
  readonly other: R;
}

/** Pairs, and the rows without a partner. */
export interface RowPairs<R extends MetricRow = MetricRow> {
  readonly pairs: readonly RowPair<R>[];
  readonly baseOnly: readonly R[];
  readonly otherOnly: readonly R[];
}

/** What a method's sample and the baseline's must share: all of the sample's key but the method. */
export const pairColumns = ["dataset", "prompt", "model", "repeat", "task", "index"] as const;
export type PairColumn = (typeof pairColumns)[number];

/**
 * Pairs the rows of two methods, each row with the one of the other that agrees in the columns
 * (all of the key but the method, unless told).
 *
 * @throws InputError where one side has two rows for the same columns, e.g. rows of two methods at once.
 */
export function pairRows<R extends MetricRow>(
  base: readonly R[],
  other: readonly R[],
  columns: readonly PairColumn[] = pairColumns,
): RowPairs<R> {
  const bases = new Set(base);
  const pairs: RowPair<R>[] = [];
  const baseOnly: R[] = [];
  const otherOnly: R[] = [];
  for (const group of groupRows<R>([...base, ...other], columns)) {
    const mine = group.filter((row) => bases.has(row));
    const theirs = group.filter((row) => !bases.has(row));
    const [first, second] = [mine[0], theirs[0]];
    if (mine.length > 1 || theirs.length > 1) {
      const where = columns.map((column) => `${column} ${(group[0] as MetricRow)[column]}`).join(", ");
      throw new InputError(
        `pairRows requires one row a side for each ${columns.join(", ")}; there are more for ${where}`,
      );
    }
    if (first !== undefined && second !== undefined) pairs.push({ base: first, other: second });
    else if (first !== undefined) baseOnly.push(first);
    else if (second !== undefined) otherOnly.push(second);
  }
  return { pairs, baseOnly, otherOnly };
}
