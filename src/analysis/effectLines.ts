import { adjusted, type CorrectionOptions } from "./adjusted.js";
import { compare, type CountedEffect, type NoEffect } from "./compare.js";
import type { Comparison } from "./comparisons.js";
import type { TestOptions } from "./effect.js";
import type { Measure } from "./measure.js";
import type { StudyView } from "./studyView.js";

/** Variants of the tests, and how their p values are adjusted for being many. */
export interface FamilyOptions extends TestOptions, CorrectionOptions {}

/** One measure of one comparison, with the p values as they are adjusted over all lines. */
export interface EffectLine {
  readonly comparison: Comparison;
  readonly effect: CountedEffect | NoEffect;
  /** Adjusted p of the t test; absent where there is none. */
  readonly tAdjusted?: number;
  /** Adjusted p of McNemar's test; absent where there is none. */
  readonly mcnemarAdjusted?: number;
}

/** Every measure of each comparison, in their order, each scanner's over the pairs that it has verdicts of, all others over the same pairs. Each kind of test is a family of its own: its p are adjusted over all lines. */
export function effectLines(
  view: StudyView,
  compared: readonly Comparison[],
  measures: readonly Measure[],
  options: FamilyOptions = {},
): EffectLine[] {
  const parts = denominators(measures);
  return adjustedLines(
    compared.flatMap((comparison) =>
      parts
        .flatMap((part) => compare(view, comparison, part, options))
        .sort((a, b) => measures.indexOf(a.measure) - measures.indexOf(b.measure))
        .map((effect) => ({ comparison, effect })),
    ),
    options,
  );
}

/** Measures that share their pairs: a scanner by itself has its own, so that those of all others are the same with scanners beside them and without. */
function denominators(measures: readonly Measure[]): (readonly Measure[])[] {
  const ofScanner = ({ needs }: Measure) => needs.some((need) => need.startsWith("scan_"));
  const shared = measures.filter((measure) => !ofScanner(measure));
  return [...measures.filter(ofScanner).map((measure) => [measure]), ...(shared.length === 0 ? [] : [shared])];
}

/** Lines with both p values adjusted, each kind of test over all lines that have it. */
export function adjustedLines(
  lines: readonly Pick<EffectLine, "comparison" | "effect">[],
  options: CorrectionOptions = {},
): EffectLine[] {
  const p = (of: (effect: CountedEffect) => number | undefined) =>
    adjusted(
      lines.map(({ effect }) => ("missing" in effect ? undefined : of(effect))),
      options,
    );
  const t = p(({ tTest }) => tTest?.p);
  const mcnemar = p((effect) => effect.mcnemar?.p);
  return lines.map((line, i) => ({
    ...line,
    ...(t[i] === undefined ? {} : { tAdjusted: t[i] }),
    ...(mcnemar[i] === undefined ? {} : { mcnemarAdjusted: mcnemar[i] }),
  }));
}
