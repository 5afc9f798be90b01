import { comparisons } from "../comparisons.js";
import { type Direction, directionOf } from "../directionOf.js";
import { type EffectLine, effectLines } from "../effectLines.js";
import { type Measure, measureName } from "../measure.js";
import { methodName, promptName } from "../names.js";
import type { Configuration, StudyView } from "../studyView.js";
import type { FindingEvidence } from "./findingOutcome.js";

/** One cell (data set, prompt, model, method that is not the baseline) with which way each measure goes. */
export interface CellEffects {
  readonly configuration: Configuration;
  readonly lines: readonly (EffectLine & { readonly direction: Direction })[];
  /** Why a measure cannot be compared at all; absent where all can. */
  readonly missing?: string;
  /** The way of a measure by its key. */
  readonly direction: (measure: Measure) => Direction;
  /** Mean of method − base by the measure's key; absent without a comparison. */
  readonly difference: (measure: Measure) => number | undefined;
}

/**
 * Every method against the baseline on the measures that a finding looks at. These tests are one family for Holm's adjustment.
 * Kinds of prompts are never pooled: each is a cell of its own.
 */
export function cellEffects(view: StudyView, measures: readonly Measure[]): CellEffects[] {
  const lines = effectLines(view, comparisons(view), measures).map((line) => ({
    ...line,
    direction: directionOf(line),
  }));
  return comparisons(view).map(({ other }): CellEffects => {
    const own = lines.filter(({ comparison }) => comparison.other === other);
    const missing = own.flatMap(({ effect }) => ("missing" in effect ? [effect.missing] : []))[0];
    const of = ({ key }: Measure) => own.find(({ effect }) => effect.measure.key === key);
    return {
      configuration: other,
      lines: own,
      ...(missing === undefined ? {} : { missing }),
      direction: (measure) => of(measure)?.direction ?? "undecided",
      difference(measure) {
        const effect = of(measure)?.effect;
        return effect === undefined || "missing" in effect ? undefined : effect.difference;
      },
    };
  });
}

/** A configuration in words; the kind of prompt where the run has both. */
export function configurationName(view: StudyView, { dataset, prompt, model, method }: Configuration): string {
  const asked = view.prompts.length > 1 ? ` (${promptName(prompt)})` : "";
  return `${model}, ${methodName(method)} on ${dataset}${asked}`;
}

/** The effects of cells as evidence. */
export function effectEvidence(view: StudyView, cells: readonly CellEffects[]): FindingEvidence[] {
  return cells.flatMap(({ configuration, lines }) =>
    lines.map(({ effect, direction, tAdjusted, mcnemarAdjusted }): FindingEvidence => {
      const named = { of: configurationName(view, configuration), measure: measureName(effect.measure) };
      if ("missing" in effect) return { ...named, reading: effect.missing };
      const p = effect.measure.binary ? mcnemarAdjusted : tAdjusted;
      const where = { ...configuration.where, against: view.baseline };
      const difference = { value: effect.difference, total: effect.n, interval: effect.interval, where };
      return { ...named, n: effect.n, difference, ...(p === undefined ? {} : { p }), reading: direction };
    }),
  );
}
