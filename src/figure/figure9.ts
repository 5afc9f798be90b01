import type { ResultRow } from "../record/schema/resultRow.js";
import type { Figure } from "./figure.js";
import { pairFigure, type PairFigureOptions } from "./pairFigure.js";

/**
 * Figure 9: code that was secure and worked under the baseline and is insecure under a method, with a flagged line where any such pair has
 * one: code that does not parse is insecure too, and then the figure says why nothing is marked. `codeDiff` shows any other pair.
 *
 * @throws InputError for no rows.
 */
export function figure9(rows: readonly ResultRow[], options: PairFigureOptions = {}): Figure {
  const move = { from: "secure+functional", to: "insecure", prefer: "marked" } as const;
  return pairFigure(rows, { id: "figure9", title: "Secure working code that became insecure", move }, options);
}
