import { pickFlagged } from "../analysis/pickFlagged.js";
import { studyView } from "../analysis/studyView.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import { codeListing } from "./codeListing.js";
import { emptyFigure } from "./emptyFigure.js";
import { drawnFigure, type Figure, type FigureOptions } from "./figure.js";

/**
 * Figure 1: code in which CodeQL finds nothing and another scanner does; where there is none, the nearest to it, and the figure says
 * which. `codeListing` shows any other sample.
 *
 * @throws InputError for no rows.
 */
export function figure1(rows: readonly ResultRow[], options: FigureOptions = {}): Figure {
  const picked = pickFlagged(studyView(rows));
  const named = { id: "figure1", title: "Code that one scanner passes and another flags" };
  if ("missing" in picked) {
    const reason = `Nothing to show: ${picked.missing}.`;
    return drawnFigure((size, theme) => emptyFigure(named, reason, size, theme), options.width);
  }
  return codeListing(picked.row, { ...options, id: named.id, notes: [picked.why] });
}
