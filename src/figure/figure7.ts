import type { ResultRow } from "../record/schema/resultRow.js";
import type { Figure, FigureOptions } from "./figure.js";
import { rateFigure } from "./rateFigure.js";

/**
 * Figure 7: Secure-Pass@1 and SAFE@1 of every model and method on the study's first data set.
 *
 * @throws InputError for no rows.
 */
export function figure7(rows: readonly ResultRow[], options: FigureOptions = {}): Figure {
  const title = "Security and functionality together";
  const keys = () => ["securePass", "safe"];
  return rateFigure(rows, { id: "figure7", dataset: 0, title, keys, before: () => 0 }, options);
}
