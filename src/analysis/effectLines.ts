import { holm } from "../stat/holm.js";
import { compare, type Effect, type NoEffect } from "./compare.js";
import { type Comparison, comparisons } from "./comparisons.js";
import type { Measure } from "./measure.js";
import { memory } from "./memory.js";
import type { StudyView } from "./studyView.js";

/** One measure of one comparison, with the p values as Holm adjusts them over the whole run. */
export interface EffectLine {
  readonly comparison: Comparison;
  readonly effect: Effect | NoEffect;
  /** Of the t test; absent where there is none. */
  readonly tHolm?: number;
  /** Of McNemar's test; absent where there is none. */
  readonly mcnemarHolm?: number;
}

/** Every measure of every comparison of a run, in the study's order. Holm adjusts each kind of test over all lines. */
export function effectLines(view: StudyView, measures: readonly Measure[]): EffectLine[] {
  return linesOf(view, JSON.stringify(measures.map(({ key }) => key)), () =>
    adjustedLines(
      comparisons(view).flatMap((comparison) =>
        compare(comparison, measures, { seed: view.study.seed }).map((effect) => ({ comparison, effect })),
      ),
    ),
  );
}

const linesOf = memory<EffectLine[]>();

/** The lines with both p values adjusted by Holm, each kind of test over all lines that have it. */
export function adjustedLines(lines: readonly Pick<EffectLine, "comparison" | "effect">[]): EffectLine[] {
  const tHolm = adjusted(lines, ({ tTest }) => tTest?.p);
  const mcnemarHolm = adjusted(lines, ({ mcnemar }) => mcnemar?.p);
  return lines.map((line, i) => {
    const [t, mcnemar] = [tHolm[i], mcnemarHolm[i]];
    return {
      ...line,
      ...(t === undefined ? {} : { tHolm: t }),
      ...(mcnemar === undefined ? {} : { mcnemarHolm: mcnemar }),
    };
  });
}

/** Holm's adjustment over the lines that have this p; `undefined` in the place of the others. */
function adjusted(
  lines: readonly Pick<EffectLine, "effect">[],
  of: (effect: Effect) => number | undefined,
): (number | undefined)[] {
  const values = lines.map(({ effect }) => ("missing" in effect ? undefined : of(effect)));
  const known = holm(values.filter((p) => p !== undefined));
  let at = 0;
  return values.map((p) => (p === undefined ? undefined : known[at++]));
}
