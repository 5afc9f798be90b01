import { type Denominator, denominatorOf, hitsOf, luckOf } from "./denominators.js";
import type { Convention } from "./printedNumber.js";
import type { Valued } from "./publishedTable.js";

/** Below this many n expected by luck, an n that explains the shares is taken for the one behind them. */
const tellingLuck = 0.05;

/** Cells that share a denominator, with what may stand behind them. */
export interface GroupFit {
  readonly shares: readonly Valued[];
  readonly convention: Convention;
  readonly step: number;
  readonly found: Denominator;
  /** How many n would do as well by luck. */
  readonly luck: number;
  /** Whether `found.n`, or a multiple of it, may be taken for the denominator: it is known from elsewhere, or no accident. */
  readonly settled: boolean;
  /** Every n that explains as many, ascending: multiples of the smallest, and what luck adds. */
  readonly candidates: readonly number[];
}

/** The search for the denominator of one group: `known` where another table gives it, else up to `most`. */
export interface GroupQuestion {
  readonly shares: readonly Valued[];
  readonly step: number;
  readonly convention: Convention;
  readonly most: number;
  readonly known?: number;
}

/** Looks for the n behind one group of percentages. */
export function groupFit({ shares, step, convention, most, known }: GroupQuestion): GroupFit {
  const question = { shares: shares.map(({ value }) => value), step, convention, from: known ?? 1, to: known ?? most };
  const found = denominatorOf(question);
  const luck = known === undefined ? luckOf(question, found) : 0;
  const settled = luck < tellingLuck;
  const candidates: number[] = [];
  for (let n = found.n; n <= question.to; n += 1) {
    const explained = question.shares.filter((share) => hitsOf(share, n, step, convention) !== null).length;
    if (explained === found.explained) candidates.push(n);
  }
  return { shares, convention, step, found, luck, settled, candidates };
}

/** A cell with two neighbouring digits exchanged so that it fits one of the n: `{ n, printed, hits }`. */
export interface Transposition {
  readonly cell: Valued;
  readonly n: number;
  readonly printed: string;
  readonly hits: number;
}

/**
 * The only way to mend a group that no n explains by exchanging two neighbouring digits of one cell; undefined where there is none or more
 * than one.
 */
export function transpositionOf({ shares, convention, step, found, candidates }: GroupFit): Transposition | undefined {
  if (found.explained !== shares.length - 1 || shares.length < 4) return undefined;
  const ways: Transposition[] = [];
  for (const n of candidates) {
    const odd = shares.find(({ value }) => hitsOf(value, n, step, convention) === null);
    if (odd === undefined) continue;
    for (const printed of swaps(odd.printed)) {
      const hits = hitsOf(Number.parseFloat(printed) / 100, n, step, convention);
      if (hits !== null) ways.push({ cell: odd, n, printed, hits });
    }
  }
  return ways.length === 1 ? ways[0] : undefined;
}

function swaps(printed: string): string[] {
  const digits = [...printed].flatMap((character, index) => (/\d/.test(character) ? [index] : []));
  return digits.slice(1).flatMap((second, index) => {
    const first = digits[index] ?? 0;
    const letters = [...printed];
    [letters[first], letters[second]] = [letters[second] ?? "", letters[first] ?? ""];
    const swapped = letters.join("");
    return swapped === printed ? [] : [swapped];
  });
}
