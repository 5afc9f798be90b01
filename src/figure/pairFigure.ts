import { type Move, type PickedPair, pickPair } from "../analysis/pickPair.js";
import { studyView } from "../analysis/studyView.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import { codeDiff } from "./codeDiff.js";
import { emptyFigure } from "./emptyFigure.js";
import { drawnFigure, type Figure, type FigureOptions } from "./figure.js";

/** What a figure of a picked pair can be asked. */
export interface PairFigureOptions extends FigureOptions {
  /** The method to start from, where it is not the study's own. */
  readonly baseline?: string;
}

/** The figure of the pair of samples that made a move, or why there is none. */
export function pairFigure(
  rows: readonly ResultRow[],
  { id, title, move }: { readonly id: string; readonly title: string; readonly move: Move },
  { baseline, width }: PairFigureOptions,
): Figure {
  const picked = pickPair(studyView(rows, baseline), move);
  if ("missing" in picked) {
    return drawnFigure(
      (size, theme) => emptyFigure({ id, title }, `Nothing to show: ${picked.missing}.`, size, theme),
      width,
    );
  }
  const notes = [`${title}: ${howPicked(picked, move)}.`];
  return codeDiff(picked.base, picked.other, { id, notes, ...(width === undefined ? {} : { width }) });
}

/** Which of the pairs that made the move this is. */
function howPicked({ of, marked }: PickedPair, { most, prefer }: Move): string {
  if (of === 1) return "the only such pair";
  if (prefer === "marked" && marked === 1) return `of ${of} such pairs the only one with a flagged line`;
  const among =
    prefer !== "marked" || marked === of
      ? ""
      : marked === 0
        ? "; in none does a scanner flag a line"
        : ` among the ${marked} with a flagged line`;
  return `of ${of} such pairs ${most === "deleted" ? "the one that loses the most lines" : "the one with the smallest task id"}${among}`;
}
