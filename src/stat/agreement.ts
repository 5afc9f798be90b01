import { InputError } from "../error.js";

/** How far two annotators agree beyond chance. */
export interface Agreement {
  /** (observed − expected)/(1 − expected); NaN where chance alone gives full agreement, so nothing can be told. */
  readonly value: number;
  /** Share of items with the same label. */
  readonly observed: number;
  /** Share expected by chance, as the coefficient models it. */
  readonly expected: number;
  readonly n: number;
}

/** Two annotators' labels as shares: how often they agree, and each category's share on either side. */
export interface LabelShares {
  readonly n: number;
  readonly observed: number;
  /** Per category [share of the first annotator, share of the second]. */
  readonly shares: readonly (readonly [number, number])[];
}

/**
 * Counts two annotators' labels of the same items.
 *
 * @throws InputError without items, or where the lists differ in length.
 */
export function labelShares(name: string, first: readonly string[], second: readonly string[]): LabelShares {
  const n = first.length;
  if (n === 0 || second.length !== n) {
    throw new InputError(`${name} requires two lists of equal length ≥ 1, not ${n} and ${second.length} labels`);
  }
  const categories = [...new Set([...first, ...second])];
  const share = (labels: readonly string[], category: string) =>
    labels.filter((label) => label === category).length / n;
  return {
    n,
    observed: first.filter((label, item) => label === second[item]).length / n,
    shares: categories.map((category) => [share(first, category), share(second, category)] as const),
  };
}

/** The coefficient for a given chance agreement. */
export function beyondChance(observed: number, expected: number, n: number): Agreement {
  return { value: expected === 1 ? Number.NaN : (observed - expected) / (1 - expected), observed, expected, n };
}
