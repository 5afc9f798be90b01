import { type SampleState, type Transitions, transitions } from "../metric/transitions.js";
import type { Exclusion } from "../metric/rate.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import { comparisons } from "./comparisons.js";
import { memory } from "./memory.js";
import type { Configuration, StudyView } from "./studyView.js";

/** Where the baseline's samples end up under one method of one model on one data set. */
export interface TransitionMatrix {
  readonly base: Configuration;
  readonly other: Configuration;
  /** Number of pairs by the baseline's state, then the method's. */
  readonly counts: Readonly<Record<SampleState, Readonly<Record<SampleState, number>>>>;
  readonly pairs: number;
  readonly excluded: readonly Exclusion[];
  readonly transitions: Transitions<ResultRow>;
}

/** The 4 × 4 transitions of every comparison of a run, in the study's order; none without a baseline or a second method. */
export function transitionMatrices(view: StudyView): TransitionMatrix[] {
  return matricesOf(view, "", () => newMatrices(view));
}

const matricesOf = memory<TransitionMatrix[]>();

function newMatrices(view: StudyView): TransitionMatrix[] {
  return comparisons(view).map(({ base, other }) => transitionMatrix(base, other, transitions(base.rows, other.rows)));
}

/** The matrix of one comparison from its transitions. */
export function transitionMatrix(
  base: Configuration,
  other: Configuration,
  moves: Transitions<ResultRow>,
): TransitionMatrix {
  const counts = Object.fromEntries(
    Object.entries(moves.matrix).map(([from, line]) => [
      from,
      Object.fromEntries(Object.entries(line).map(([to, pairs]) => [to, pairs.length])),
    ]),
  ) as TransitionMatrix["counts"];
  return { base, other, counts, pairs: moves.pairs, excluded: moves.excluded, transitions: moves };
}
