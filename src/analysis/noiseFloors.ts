import { noiseFloor } from "../metric/transitions.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import { memory } from "./memory.js";
import { methodName } from "./names.js";
import { howToRepeat, repeatViews, sameIn } from "./repeatViews.js";
import type { Configuration, StudyView } from "./studyView.js";
import { type TransitionMatrix, transitionMatrix } from "./transitionMatrices.js";

/**
 * The noise floor of a run: the baseline's samples of the first repeat against its samples of each later one, through the same transitions
 * as a method's. `other` is the later repeat. What a method does beyond this is more than the chance of sampling twice. None in a
 * run with one repeat.
 *
 * @param rows the rows that the view was made of
 */
export function noiseFloors(rows: readonly ResultRow[], view: StudyView): TransitionMatrix[] {
  return floorsOf(view, "", () => {
    const [first, ...later] = repeatViews(rows, view.baseline);
    const bases = first?.configurations.filter(({ method }) => method === view.baseline) ?? [];
    return bases.flatMap((base) =>
      later.flatMap((each) => {
        const again = sameIn(each, base);
        return again === undefined ? [] : [floorOf(base, again)];
      }),
    );
  });
}

const floorsOf = memory<TransitionMatrix[]>();

function floorOf(base: Configuration, again: Configuration): TransitionMatrix {
  const moves = noiseFloor([...base.rows, ...again.rows], repeatOf(base), repeatOf(again));
  return transitionMatrix(base, again, moves);
}

function repeatOf({ where }: Configuration): number {
  return Number(where["repeat"]);
}

/** Whether a matrix is a noise floor and no comparison of methods. */
export function isFloor({ base, other }: Pick<TransitionMatrix, "base" | "other">): boolean {
  return base.method === other.method;
}

/** The matrices of methods with each model's noise floors behind them. */
export function withFloors(
  matrices: readonly TransitionMatrix[],
  floors: readonly TransitionMatrix[],
): TransitionMatrix[] {
  const same = (a: Configuration, b: Configuration) =>
    a.dataset === b.dataset && a.model === b.model && a.prompt === b.prompt;
  const bases = [...matrices, ...floors].map(({ base }) => base);
  const groups = bases.filter((base, at) => bases.findIndex((each) => same(each, base)) === at);
  return groups.flatMap((group) => [...matrices, ...floors].filter(({ base }) => same(base, group)));
}

/** What stands in place of the method's name: the method, or for a noise floor the two repeats. */
export function movedName({ base, other }: Pick<TransitionMatrix, "base" | "other">): string {
  if (!isFloor({ base, other })) return methodName(other.method);
  return `${methodName(base.method)}, repeats ${repeatOf(base)} and ${repeatOf(other)}`;
}

/** Column values that select the samples of a matrix: the later samples, and what they are compared with. */
export function movedWhere({ base, other }: Pick<TransitionMatrix, "base" | "other">): Configuration["where"] {
  const where = { ...other.where, against: base.method };
  return isFloor({ base, other }) ? { ...where, againstRepeat: repeatOf(base) } : where;
}

/** What a table says about the noise floor: how to read it, or how to get it. */
export function floorNotes({ baseline, study }: StudyView, floors: readonly TransitionMatrix[]): string[] {
  const base = methodName(baseline);
  return floors.length === 0
    ? [`No noise floor: one repeat of ${base} is at hand; ${howToRepeat({ study })}.`]
    : [
        `Noise floor: ${base} against ${base} of another repeat. What a method does beyond it is more than sampling twice.`,
      ];
}
