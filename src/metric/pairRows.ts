import { InputError } from "../error.js";
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
  const places = placesBy<R>(columns);
  const bases: R[] = [];
  const others: (R | undefined)[] = [];
  for (const row of base) {
    const place = places.of(row);
    if (bases[place] !== undefined) throw twice(row, columns);
    bases[place] = row;
  }
  const otherOnly: R[] = [];
  const partners = bases.length;
  for (const row of other) {
    const place = places.of(row);
    if (others[place] !== undefined) throw twice(row, columns);
    others[place] = row;
    if (place >= partners) otherOnly.push(row);
  }
  const pairs: RowPair<R>[] = [];
  const baseOnly: R[] = [];
  for (let place = 0; place < partners; place++) {
    const [first, second] = [bases[place] as R, others[place]];
    if (second === undefined) baseOnly.push(first);
    else pairs.push({ base: first, other: second });
  }
  return { pairs, baseOnly, otherOnly };
}

function twice(row: MetricRow, columns: readonly PairColumn[]): InputError {
  const where = columns.map((column) => `${column} ${row[column]}`).join(", ");
  return new InputError(`pairRows requires one row a side for each ${columns.join(", ")}; there are more for ${where}`);
}

type Branch = Map<unknown, unknown>;

/**
 * Numbers rows from 0 on, alike where they agree in the columns. Rows of one configuration differ in their task and hardly
 * in anything else: the map over tasks of the row before mostly serves the next one as well.
 */
function placesBy<R extends MetricRow>(columns: readonly PairColumn[]): { readonly of: (row: R) => number } {
  const shared = columns.filter((column) => column !== "task");
  const byTask = columns.includes("task");
  const root: Branch = new Map();
  let before: R | undefined;
  let places = new Map<unknown, number>();
  let count = 0;
  const placesOf = (row: R): Map<unknown, number> => {
    let branch = root;
    for (const column of shared) {
      let next = branch.get(row[column]) as Branch | undefined;
      if (next === undefined) branch.set(row[column], (next = new Map()));
      branch = next;
    }
    return branch as Map<unknown, number>;
  };
  const isLikeBefore = ({ dataset, prompt, model, repeat, index }: R) =>
    before !== undefined &&
    before.dataset === dataset &&
    before.prompt === prompt &&
    before.model === model &&
    before.repeat === repeat &&
    before.index === index;
  return {
    of: (row) => {
      if (!isLikeBefore(row)) places = placesOf(row);
      before = row;
      const key = byTask ? row.task : "";
      let place = places.get(key);
      if (place === undefined) places.set(key, (place = count++));
      return place;
    },
  };
}
