import type { RowPair } from "../metric/pairRows.js";
import { type SampleState, sampleStates } from "../metric/transitions.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import { elsewhere } from "./advice.js";
import { whyNoComparison } from "./comparisons.js";
import { methodName } from "./names.js";
import type { NoPick } from "./pickFlagged.js";
import { deletedLines } from "./lineDiff.js";
import type { StudyView } from "./studyView.js";
import { transitionMatrices } from "./transitionMatrices.js";

/** A sample of the baseline and of a method for the same task, and of how many it was picked. */
export interface PickedPair extends RowPair<ResultRow> {
  readonly of: number;
  /** How many of them have a line in the later sample's code that a scanner flags. */
  readonly marked: number;
}

/** Which samples are looked for: states before and after. */
export interface Move {
  readonly from: SampleState;
  /** `insecure` alone means whatever the function. */
  readonly to: SampleState | "insecure";
  /** The pair that loses the most lines comes before the one with the smallest task id. */
  readonly most?: "deleted";
  /** A pair comes before all others where the later sample's code parses and a scanner flags a line of it. */
  readonly prefer?: "marked";
}

/** The pair with the smallest task id that made the move, or why there is none. Ties go by the study's order. */
export function pickPair(view: StudyView, { from, to, most, prefer }: Move): PickedPair | NoPick {
  const matrices = transitionMatrices(view);
  if (matrices.length === 0) return { missing: whyNoComparison(view) };
  const moved = matrices.flatMap(({ transitions }) =>
    sampleStates.filter((state) => state.startsWith(to)).flatMap((state) => transitions.matrix[from][state]),
  );
  if (moved.length === 0) return { missing: whyNone(view, { from, to }, matrices) };
  const readable = moved.filter(({ base, other }) => base.code !== null && other.code !== null);
  if (readable.length === 0) return { missing: `the code of all ${moved.length} such pairs is withheld` };
  const size = ({ base, other }: RowPair<ResultRow>) =>
    most === "deleted" ? deletedLines(base.code ?? "", other.code ?? "") : 0;
  const marked = readable.filter(({ other }) => isMarked(other));
  const candidates = prefer === "marked" && marked.length > 0 ? marked : readable;
  const first = candidates
    .map((pair) => ({ pair, size: size(pair) }))
    .reduce((best, next) => ((next.size - best.size || byTask(best.pair.base, next.pair.base)) > 0 ? next : best));
  return { ...first.pair, of: moved.length, marked: marked.length };
}

/** Whether a scanner flags a line of the code: code that does not parse can be insecure without. */
function isMarked({ findings }: ResultRow): boolean {
  return Object.values(findings).some((each) => each.length > 0);
}

const collator = new Intl.Collator("en", { numeric: true });

/** Order of task ids: `BigCodeBench/4` before `BigCodeBench/13`. */
export function byTask(a: Pick<ResultRow, "task">, b: Pick<ResultRow, "task">): number {
  return collator.compare(a.task, b.task);
}

function whyNone(
  view: StudyView,
  { from, to }: Move,
  matrices: readonly { pairs: number; excluded: readonly { reason: string }[] }[],
): string {
  if (matrices.some(({ pairs }) => pairs > 0)) {
    return `no sample of ${methodName(view.baseline)} that was ${inWords(from)} became ${inWords(to)} under another method${elsewhere(view, "methods")}`;
  }
  const reasons = [...new Set(matrices.flatMap(({ excluded }) => excluded.map(({ reason }) => reason)))];
  return `no pair has all its verdicts (${reasons.join(", ")}): run \`safelab execute RUN\` and \`safelab scan RUN\``;
}

function inWords(state: string): string {
  return state.replace("+", " and ").replace("nonfunctional", "non-functional");
}
