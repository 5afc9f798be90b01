import type { ResultRow } from "../record/schema/resultRow.js";
import type { Figure, FigureOptions } from "./figure.js";
import { rateFigure } from "./rateFigure.js";

/**
 * Figure 8: Secure-Pass@1 and SAFE@1 of every model and method on the study's second data set.
 *
 * @throws InputError for no rows.
 */
export function figure8(rows: readonly ResultRow[], options: FigureOptions = {}): Figure {
  const title = "Security and functionality together";
  const keys = () => ["securePass", "safe"];
  return rateFigure(rows, { id: "figure8", dataset: 1, title, keys, before: () => 0 }, options);
}
