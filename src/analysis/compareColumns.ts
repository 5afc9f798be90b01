import { cohenD } from "../stat/cohenD.js";
import { independentTTest } from "../stat/independentTTest.js";
import { newcombeInterval, type Share } from "../stat/newcombeInterval.js";
import { weightedTTest } from "../stat/weightedTTest.js";

/** One column of shares under two conditions, such as two data sets; the methods and models are the values. Differences are first − second. */
export interface ColumnComparison {
  /** Mean of each side's shares, every share alike. */
  readonly means: readonly [number, number];
  /** Difference of the means with the t test's 95 % interval; absent with fewer than two values a side, or none that vary. */
  readonly tTest?: { readonly p: number; readonly d: number; readonly interval: readonly [number, number] };
  /** All hits of a side over all its samples: the mean of the shares weighted with their n. */
  readonly pooled: readonly [Share, Share];
  /** Newcombe's 95 % interval of the difference of the pooled shares, as of independent samples. */
  readonly pooledInterval: readonly [number, number];
  /** Two-sided p of the weighted t test; absent where the t test is. */
  readonly weightedP?: number;
}

/**
 * Compares a column of Table 6 between two data sets as the paper's section 4.3 does, by the independent t test over the column's values;
 * beside it the same weighted with n, since a share of five samples is not worth one of five hundred.
 *
 * @param first shares with at least one sample each, at least one share
 * @param options.tTest `pooled` unless told
 */
export function compareColumns(
  first: readonly Share[],
  second: readonly Share[],
  { tTest = "pooled" }: { readonly tTest?: "pooled" | "welch" } = {},
): ColumnComparison {
  const [a, b] = [first.map(valueOf), second.map(valueOf)];
  const pooled = [sumOf(first), sumOf(second)] as const;
  const { interval } = newcombeInterval(...pooled);
  const described = {
    means: [mean(a), mean(b)] as const,
    pooled,
    pooledInterval: [interval.lower, interval.upper] as const,
  };
  if (a.length < 2 || b.length < 2 || !(varies(a) || varies(b))) return described;
  const test = independentTTest(a, b, { variances: tTest });
  return {
    ...described,
    tTest: { p: test.p, d: cohenD(a, b), interval: [test.interval.lower, test.interval.upper] },
    weightedP: weightedTTest(first.map(weigh), second.map(weigh)).p,
  };
}

function valueOf({ hits, total }: Share): number {
  return hits / total;
}

function weigh(share: Share): { value: number; weight: number } {
  return { value: valueOf(share), weight: share.total };
}

function sumOf(shares: readonly Share[]): Share {
  return shares.reduce((sum, { hits, total }) => ({ hits: sum.hits + hits, total: sum.total + total }));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function varies(values: readonly number[]): boolean {
  return values.some((value) => value !== values[0]);
}
