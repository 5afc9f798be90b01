import { exclusionReason, type Need } from "../metric/exclusionReason.js";
import { type PairColumn, pairRows, type RowPair } from "../metric/pairRows.js";
import { countReasons, type Exclusion } from "../metric/rate.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import { cohenD } from "../stat/cohenD.js";
import { independentTTest } from "../stat/independentTTest.js";
import { mcnemarExact } from "../stat/mcnemarExact.js";
import { pairedBootstrap } from "../stat/pairedBootstrap.js";
import type { Comparison } from "./comparisons.js";
import { evidenceOf } from "./evidence.js";
import type { Measure } from "./measure.js";

/** A measure under two methods on the same tasks. Tests that are not defined on the data say why. */
export interface Effect {
  readonly measure: Measure;
  readonly n: number;
  readonly excluded: readonly Exclusion[];
  readonly base: number;
  readonly other: number;
  /** Mean of other − base over the pairs, with its BCa bootstrap interval. */
  readonly difference: number;
  readonly interval: readonly [number, number];
  /** Two-sided p of the pooled independent t test, and Cohen's d (other − base); absent where neither side varies. */
  readonly tTest?: { readonly p: number; readonly d: number };
  /** Exact McNemar p; absent for measures that are no yes or no. */
  readonly mcnemar?: { readonly p: number; readonly gained: number; readonly lost: number };
}

/** A measure that cannot be compared, and why. */
export interface NoEffect {
  readonly measure: Measure;
  readonly missing: string;
}

/** How two sides are compared. */
export interface CompareOptions {
  /** Of the bootstrap. */
  readonly seed: number;
  /** What the two samples of a pair share: all of the sample's key but the method, unless told. */
  readonly columns?: readonly PairColumn[];
  /** What the sides are called where a sample is left out: baseline and method, unless told. */
  readonly sides?: readonly [base: string, other: string];
}

/** Compares two methods (or prompts) on every measure over the same pairs of samples: one denominator for all of them. */
export function compare(
  { base, other }: Comparison,
  measures: readonly Measure[],
  options: CompareOptions,
): (Effect | NoEffect)[] {
  const needs = [...new Set(measures.flatMap((measure) => measure.needs))];
  const missing = new Map([base, other].flatMap((side) => [...evidenceOf(side, needs).missing]));
  const { pairs, excluded } = countedPairs(
    base.rows,
    other.rows,
    needs.filter((need) => !missing.has(need)),
    options,
  );
  return measures.map((measure) => {
    const reason = measure.needs.map((need) => missing.get(need)).find((each) => each !== undefined);
    if (reason !== undefined) return { measure, missing: reason };
    if (pairs.length < 2) return { measure, missing: "fewer than two tasks have all verdicts on both sides" };
    return { ...effectOf(pairs, measure, options.seed), excluded };
  });
}

function countedPairs(
  base: readonly ResultRow[],
  other: readonly ResultRow[],
  needs: readonly Need[],
  { columns, sides: [first, second] = ["baseline", "method"] }: CompareOptions,
) {
  const { pairs, baseOnly, otherOnly } = pairRows(base, other, columns);
  const reasons = pairs.map((pair) => {
    const [before, after] = [exclusionReason(pair.base, needs), exclusionReason(pair.other, needs)];
    return before !== undefined ? `${first}: ${before}` : after !== undefined ? `${second}: ${after}` : undefined;
  });
  return {
    pairs: pairs.filter((_, i) => reasons[i] === undefined),
    excluded: countReasons([
      ...reasons.filter((reason) => reason !== undefined),
      ...baseOnly.map(() => `${second}: no row`),
      ...otherOnly.map(() => `${first}: no row`),
    ]),
  };
}

function effectOf(pairs: readonly RowPair<ResultRow>[], measure: Measure, seed: number): Omit<Effect, "excluded"> {
  const before = pairs.map((pair) => measure.metric.score(pair.base));
  const after = pairs.map((pair) => measure.metric.score(pair.other));
  const differences = after.map((score, i) => score - (before[i] ?? 0));
  const { mean, interval } = pairedBootstrap(differences, { seed });
  const [gained, lost] = [differences.filter((each) => each > 0).length, differences.filter((each) => each < 0).length];
  return {
    measure,
    n: pairs.length,
    base: average(before),
    other: average(after),
    difference: mean,
    interval: [interval.lower, interval.upper],
    ...(varies(before) || varies(after)
      ? { tTest: { p: independentTTest(after, before).p, d: cohenD(after, before) } }
      : {}),
    ...(measure.binary ? { mcnemar: { p: mcnemarExact(lost, gained).p, gained, lost } } : {}),
  };
}

function average(scores: readonly number[]): number {
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

function varies(scores: readonly number[]): boolean {
  return scores.some((score) => score !== scores[0]);
}
