import type { PairColumn, RowPair, RowPairs } from "../metric/pairRows.js";
import { countReasons, type Exclusion } from "../metric/rate.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import type { Comparison } from "./comparisons.js";
import { type Effect, effectOf, type TestOptions } from "./effect.js";
import { doubtsOf, evidenceOf } from "./evidence.js";
import type { Measure } from "./measure.js";
import { memory } from "./memory.js";
import { methodName } from "./names.js";
import { plannedPairs } from "./plannedPairs.js";
import type { StudyView } from "./studyView.js";

/** A measure under two methods, with the tasks that are left out. */
export interface CountedEffect extends Effect {
  readonly excluded: readonly Exclusion[];
}

/** A measure that cannot be compared, and why. */
export interface NoEffect {
  readonly measure: Measure;
  readonly missing: string;
}

/** How two sides are compared. */
export interface CompareOptions extends TestOptions {
  /** What the two samples of a pair share: all of the sample's key but the method, unless told. */
  readonly columns?: readonly PairColumn[];
  /** What the sides are called where a sample is left out: by their methods, unless told. */
  readonly sides?: readonly [base: string, other: string];
}

/** Compares two methods (or prompts) of a view on every measure over the same pairs of samples: one denominator for all of them. */
export function compare(
  view: StudyView,
  { base, other }: Comparison,
  measures: readonly Measure[],
  { columns, sides, ...tests }: CompareOptions = {},
): (CountedEffect | NoEffect)[] {
  const needs = [...new Set(measures.flatMap((measure) => measure.needs))];
  const missing = new Map([base, other].flatMap((side) => [...evidenceOf(side, needs).missing]));
  const met = needs.filter((need) => !missing.has(need));
  const names = sides ?? [methodName(base.method), methodName(other.method)];
  const planned = plannedPairs(view, { base, other }, columns);
  const { pairs, excluded } = countedOf(planned, JSON.stringify(met), () =>
    countedPairs(planned, [doubtsOf(base, met), doubtsOf(other, met)], names),
  );
  return measures.map((measure) => {
    const reason = measure.needs.map((need) => missing.get(need)).find((each) => each !== undefined);
    if (reason !== undefined) return { measure, missing: reason };
    if (pairs.length < 2) return { measure, missing: "fewer than two tasks have all verdicts on both sides" };
    return { ...effectOf(pairs, measure, tests), excluded };
  });
}

const countedOf = memory<CountedPairs>();

interface CountedPairs {
  readonly pairs: readonly RowPair<ResultRow>[];
  readonly excluded: readonly Exclusion[];
}

/** The pairs without doubts on either side; what is left out says which side is why. */
function countedPairs(
  { pairs, baseOnly, otherOnly }: RowPairs<ResultRow>,
  [doubtsBefore, doubtsAfter]: readonly [ReadonlyMap<ResultRow, string>, ReadonlyMap<ResultRow, string>],
  [first, second]: readonly [string, string],
): CountedPairs {
  const counted: RowPair<ResultRow>[] = [];
  const reasons: string[] = [];
  for (const pair of pairs) {
    const before = doubtsBefore.get(pair.base);
    const after = before === undefined ? doubtsAfter.get(pair.other) : undefined;
    if (before !== undefined) reasons.push(`${first}: ${before}`);
    else if (after !== undefined) reasons.push(`${second}: ${after}`);
    else counted.push(pair);
  }
  return {
    // Where every pair counts the list itself is kept: what is known of its effects serves whatever the needs were.
    pairs: reasons.length === 0 ? pairs : counted,
    excluded: countReasons([
      ...reasons,
      ...baseOnly.map(() => `${second}: no row`),
      ...otherOnly.map(() => `${first}: no row`),
    ]),
  };
}
