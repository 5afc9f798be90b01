import { InputError } from "../error.js";
import type { Observation } from "./twoWayAnova.js";
import { requireValues } from "./requireValues.js";
import { sampleMoments } from "./sampleMoments.js";

/** One combination of levels. */
export interface AnovaCell {
  readonly a: string;
  readonly b: string;
  readonly n: number;
  readonly mean: number;
}

/** All combinations of two factors' levels. */
export interface AnovaCells {
  readonly levelsA: readonly string[];
  readonly levelsB: readonly string[];
  readonly cells: readonly AnovaCell[];
  /** Σ(value − mean of its cell)². */
  readonly within: number;
}

/**
 * Groups observations into the cells of a crossed design.
 *
 * @throws InputError where a factor has one level, or a combination of levels has no observation.
 */
export function groupCells(name: string, observations: readonly Observation[]): AnovaCells {
  requireValues(
    name,
    observations.map((one) => one.value),
    1,
  );
  const levelsA = [...new Set(observations.map((one) => one.a))];
  const levelsB = [...new Set(observations.map((one) => one.b))];
  if (levelsA.length < 2 || levelsB.length < 2) {
    const single = levelsA.length < 2 ? levelsA[0] : levelsB[0];
    throw new InputError(`${name} requires at least two levels of each factor; one has only "${single}"`);
  }
  const byLevels = new Map(levelsA.map((a) => [a, new Map(levelsB.map((b) => [b, [] as number[]]))]));
  for (const { a, b, value } of observations) byLevels.get(a)?.get(b)?.push(value);
  let within = 0;
  const cells: AnovaCell[] = [];
  for (const [a, byB] of byLevels) {
    for (const [b, values] of byB) {
      if (values.length === 0)
        throw new InputError(`${name} requires observations in every cell; "${a}" × "${b}" has none`);
      const { n, mean, squares } = sampleMoments(name, values, 1);
      within += squares;
      cells.push({ a, b, n, mean });
    }
  }
  return { levelsA, levelsB, cells, within };
}
