/**
 * Every pair of different places in a list, in its order.
 *
 * @example pairsOf(["a", "b", "c"]) // [["a", "b"], ["a", "c"], ["b", "c"]]
 */
export function pairsOf<T>(values: readonly T[]): (readonly [T, T])[] {
  return values.flatMap((one, i) => values.slice(i + 1).map((other) => [one, other] as const));
}
