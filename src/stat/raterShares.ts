import { InputError } from "../error.js";

/** Labels of many annotators as shares. */
export interface RaterShares {
  /** Items. */
  readonly n: number;
  /** Mean over the items of the share of annotator pairs that agree. */
  readonly observed: number;
  /** Share of all labels per category. */
  readonly shares: readonly number[];
}

/**
 * Shares of labels from how many annotators gave each label to each item.
 *
 * @param counts one line an item, one number a category; every line has the same sum, the number of annotators
 * @throws InputError without items, with fewer than two annotators, or with lines of different sums.
 */
export function raterShares(name: string, counts: readonly (readonly number[])[]): RaterShares {
  const n = counts.length;
  if (n === 0) throw new InputError(`${name} requires at least one item`);
  const sums = counts.map((line) => line.reduce((sum, count) => sum + count, 0));
  const raters = sums[0] as number;
  const odd = sums.find((sum) => sum !== raters);
  if (odd !== undefined) {
    throw new InputError(`${name} requires the same number of annotators for each item, not ${raters} and ${odd}`);
  }
  if (raters < 2) throw new InputError(`${name} requires at least two annotators, not ${raters}`);
  const agreeing = counts.map((line) => line.reduce((sum, count) => sum + count * (count - 1), 0));
  return {
    n,
    observed: agreeing.reduce((sum, pairs) => sum + pairs, 0) / (n * raters * (raters - 1)),
    shares: (counts[0] as readonly number[]).map(
      (_, category) => counts.reduce((sum, line) => sum + (line[category] ?? 0), 0) / (n * raters),
    ),
  };
}
