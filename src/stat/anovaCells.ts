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

/** All observations of one combination of levels. */
export interface AnovaSample {
  readonly a: string;
  readonly b: string;
  readonly values: readonly number[];
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
  const byLevels = new Map<string, Map<string, number[]>>();
  for (const { a, b, value } of observations) {
    let byB = byLevels.get(a);
    if (byB === undefined) byLevels.set(a, (byB = new Map<string, number[]>()));
    const values = byB.get(b);
    if (values === undefined) byB.set(b, [value]);
    else values.push(value);
  }
  return cellsOf(
    name,
    [...byLevels].flatMap(([a, byB]) => [...byB].map(([b, values]) => ({ a, b, values }))),
  );
}

/** The same from the values of each combination of levels. */
export function cellsOf(name: string, samples: readonly AnovaSample[]): AnovaCells {
  const levelsA = [...new Set(samples.map((one) => one.a))];
  const levelsB = [...new Set(samples.map((one) => one.b))];
  if (levelsA.length < 2 || levelsB.length < 2) {
    const single = levelsA.length < 2 ? levelsA[0] : levelsB[0];
    throw new InputError(`${name} requires at least two levels of each factor; one has only "${single}"`);
  }
  let within = 0;
  const cells: AnovaCell[] = [];
  for (const a of levelsA) {
    for (const b of levelsB) {
      const sample = samples.find((one) => one.a === a && one.b === b);
      if (sample === undefined)
        throw new InputError(`${name} requires observations in every cell; "${a}" × "${b}" has none`);
      const { n, mean, squares } = sampleMoments(name, sample.values, 1);
      within += squares;
      cells.push({ a, b, n, mean });
    }
  }
  return { levelsA, levelsB, cells, within };
}
