import type { ResultRow } from "../record/schema/resultRow.js";
import type { Figure, FigureOptions } from "./figure.js";
import { rateFigure } from "./rateFigure.js";

/**
 * Figure 4: Secure@1 of each scanner, then Pass@1 by case and by task behind a dashed line, of every model and method on the
 * study's second data set.
 *
 * @throws InputError for no rows.
 */
export function figure4(rows: readonly ResultRow[], options: FigureOptions = {}): Figure {
  const title = "Security by scanner and functionality";
  const keys = (scanners: readonly string[]) => [...scanners.map((each) => `secure_${each}`), "casePass", "taskPass"];
  const before = (scanners: readonly string[]) => scanners.length;
  return rateFigure(rows, { id: "figure4", dataset: 1, title, keys, before }, options);
}
