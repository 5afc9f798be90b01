import type { ResultRow } from "../record/schema/resultRow.js";
import type { Figure } from "./figure.js";
import { pairFigure, type PairFigureOptions } from "./pairFigure.js";

/**
 * Figure 2: code that was insecure and worked under the baseline and is secure and broken under a method, the pair with the largest
 * deletion. `codeDiff` shows any other pair.
 *
 * @throws InputError for no rows.
 */
export function figure2(rows: readonly ResultRow[], options: PairFigureOptions = {}): Figure {
  const move = { from: "insecure+functional", to: "secure+nonfunctional", most: "deleted" } as const;
  return pairFigure(rows, { id: "figure2", title: "Insecure code that became secure and broke", move }, options);
}
