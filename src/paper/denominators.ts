import { type Convention, printsAs } from "./printedNumber.js";

/** One n that may stand behind a set of shares. */
export interface Denominator {
  readonly n: number;
  /** Whole numbers of hits, in the order of the shares; null where no whole number prints as the share. */
  readonly hits: readonly (number | null)[];
  readonly explained: number;
}

/** Where to look: shares as printed, the size of their last digit, and the n that are possible. */
export interface DenominatorQuestion {
  readonly shares: readonly number[];
  readonly step: number;
  readonly convention: Convention;
  readonly from: number;
  readonly to: number;
}

/** The hits out of n that print as the share; null where there are none. */
export function hitsOf(share: number, n: number, step: number, convention: Convention): number | null {
  const near = Math.round(share * n);
  for (const hits of [near, near + 1, near - 1]) {
    if (hits >= 0 && hits <= n && printsAs(hits / n, share, step, convention)) return hits;
  }
  return null;
}

/**
 * The smallest n that explains the most of the shares: the idea of the GRIM test (Brown and Heathers 2017) turned round, for shares
 * that have one denominator.
 */
export function denominatorOf({ shares, step, convention, from, to }: DenominatorQuestion): Denominator {
  let best: Denominator = { n: from, hits: [], explained: -1 };
  for (let n = Math.max(1, from); n <= to; n += 1) {
    const hits = shares.map((share) => hitsOf(share, n, step, convention));
    const explained = hits.filter((hit) => hit !== null).length;
    if (explained > best.explained) best = { n, hits, explained };
    if (explained === shares.length) break;
  }
  return best;
}

/**
 * How many n up to this one would explain as many of the shares by luck: below 0.05, the n is no accident. A share that stands for nothing or
 * for everything (0 or 1) fits every n and proves none.
 */
export function luckOf({ shares, step, from }: DenominatorQuestion, { n, hits }: Denominator): number {
  const telling = shares
    .map((share, index) => ({ share, hit: hits[index] }))
    .filter(({ share }) => share > 0 && share < 1);
  const met = telling.filter(({ hit }) => hit !== null).length;
  const ways = choose(telling.length, met);
  let expected = 0;
  for (let size = Math.max(1, from); size <= n; size += 1) expected += ways * Math.min(1, size * step) ** met;
  return expected;
}

function choose(n: number, k: number): number {
  let ways = 1;
  for (let index = 1; index <= k; index += 1) ways = (ways * (n - k + index)) / index;
  return ways;
}
