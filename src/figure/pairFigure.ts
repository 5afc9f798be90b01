import { type Move, pickPair } from "../analysis/pickPair.js";
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
  const how = move.most === "deleted" ? "the one that loses the most lines" : "the one with the smallest task id";
  const notes = [picked.of === 1 ? `${title}: the only such pair.` : `${title}: of ${picked.of} such pairs ${how}.`];
  return codeDiff(picked.base, picked.other, { id, notes, ...(width === undefined ? {} : { width }) });
}
