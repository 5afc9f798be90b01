/** The different values of a sample in ascending order, and how often each occurs. What only looks at a distribution needs no more. */
export interface Tally {
  readonly values: readonly number[];
  readonly counts: readonly number[];
  /** Size of the sample. */
  readonly n: number;
}

/** Counts equal values. */
export function tallyOf(values: readonly number[]): Tally {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return tallyOfCounts(counts);
}

/** The same of values that are counted already. */
export function tallyOfCounts(counts: ReadonlyMap<number, number>): Tally {
  const ascending = [...counts].sort(([a], [b]) => a - b);
  return {
    values: ascending.map(([value]) => value),
    counts: ascending.map(([, count]) => count),
    n: ascending.reduce((sum, [, count]) => sum + count, 0),
  };
}
