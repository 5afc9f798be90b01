import { InputError } from "../error.js";
import { fisherF } from "./distribution/fisherF.js";
import { type AnovaCells, groupCells } from "./anovaCells.js";
import { leastSquaresResidual } from "./leastSquaresResidual.js";

/** One observation: a level of each factor and the response. */
export interface Observation {
  readonly a: string;
  readonly b: string;
  readonly value: number;
}

/** One line of an analysis of variance. */
export interface AnovaEffect {
  readonly sumOfSquares: number;
  readonly df: number;
  readonly meanSquare: number;
  readonly f: number;
  readonly p: number;
  /** SS/(SS + residual SS). */
  readonly partialEtaSquared: number;
}

/** A two-way analysis of variance, as a whole. */
export interface TwoWayAnova {
  readonly type: "II" | "III";
  readonly a: AnovaEffect;
  readonly b: AnovaEffect;
  readonly interaction: AnovaEffect;
  readonly residual: { readonly sumOfSquares: number; readonly df: number; readonly meanSquare: number };
}

/**
 * Two-way analysis of variance with interaction, for unbalanced data.
 *
 * Type II tests each factor after the other one, type III each after all else, with contrasts that sum to zero. Both test
 * the interaction after the two factors, and they agree where all cells are of one size.
 * Agrees with `statsmodels.stats.anova.anova_lm(ols("y ~ C(a, Sum) * C(b, Sum)", data).fit(), typ=2)` and `typ=3`.
 *
 * The residual of a binary response is no normal variable; with hundreds of tasks a cell the F test holds nearly.
 *
 * @throws InputError where a factor has one level, a combination of levels has no observation, no cell has two, or no value
 * varies within its cell.
 */
export function twoWayAnova(observations: readonly Observation[], type: "II" | "III"): TwoWayAnova {
  return anovaOfCells(groupCells("twoWayAnova", observations), type);
}

/** The same of cells that were made before. @throws InputError as `twoWayAnova`. */
export function anovaOfCells(cells: AnovaCells, type: "II" | "III"): TwoWayAnova {
  const df = cells.cells.reduce((sum, { n }) => sum + n, 0) - cells.cells.length;
  if (df === 0) throw new InputError("twoWayAnova requires a cell with at least two observations");
  if (cells.within === 0) throw new InputError("twoWayAnova requires values that vary within at least one cell");
  const fit = fitter(cells);
  const [levelsA, levelsB] = [cells.levelsA.length, cells.levelsB.length];
  const effect = (sumOfSquares: number, own: number): AnovaEffect => {
    const f = sumOfSquares / own / (cells.within / df);
    return {
      sumOfSquares,
      df: own,
      meanSquare: sumOfSquares / own,
      f,
      p: fisherF(f, own, df).upper,
      partialEtaSquared: sumOfSquares / (sumOfSquares + cells.within),
    };
  };
  // The full model fits every cell, so what a reduced model leaves of the cell means is the effect's sum of squares.
  const additive = fit(["a", "b"]);
  const afterAllElse = (rest: "a" | "b") => (type === "II" ? Math.max(0, fit([rest]) - additive) : fit([rest, "ab"]));
  return {
    type,
    a: effect(afterAllElse("b"), levelsA - 1),
    b: effect(afterAllElse("a"), levelsB - 1),
    interaction: effect(additive, (levelsA - 1) * (levelsB - 1)),
    residual: { sumOfSquares: cells.within, df, meanSquare: cells.within / df },
  };
}

/** The function that fits cell means by the named terms and gives the weighted sum of squares they leave. */
function fitter({ cells, levelsA, levelsB }: AnovaCells): (terms: readonly ("a" | "b" | "ab")[]) => number {
  const design = cells.map(({ a, b }) => {
    const [codeA, codeB] = [sumCode(levelsA, a), sumCode(levelsB, b)];
    return { a: codeA, b: codeB, ab: codeA.flatMap((x) => codeB.map((y) => x * y)) };
  });
  return (terms) =>
    leastSquaresResidual(
      design.map((codes) => [1, ...terms.flatMap((term) => codes[term])]),
      cells.map((cell) => cell.mean),
      cells.map((cell) => cell.n),
    );
}

/** Sum-to-zero contrasts: one column for each level but the last, which is −1 in all of them. */
function sumCode(levels: readonly string[], level: string): number[] {
  return levels.slice(0, -1).map((own) => (level === own ? 1 : level === levels.at(-1) ? -1 : 0));
}
