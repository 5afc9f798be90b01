/** The different values and how often each occurs. */
export function countKinds<T>(items: readonly T[]): {
  readonly values: readonly T[];
  readonly counts: readonly number[];
} {
  const kinds = new Map<string, { value: T; count: number }>();
  for (const value of items) {
    const key = JSON.stringify(value);
    const kind = kinds.get(key);
    if (kind === undefined) kinds.set(key, { value, count: 1 });
    else kind.count += 1;
  }
  const all = [...kinds.values()];
  return { values: all.map(({ value }) => value), counts: all.map(({ count }) => count) };
}
