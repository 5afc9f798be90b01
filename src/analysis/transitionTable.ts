import { type SampleState, sampleStates } from "../metric/transitions.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import { holm } from "../stat/holm.js";
import { mcnemarExact } from "../stat/mcnemarExact.js";
import {
  type Cell,
  type Column,
  missingCell,
  numberCell,
  type Row,
  textCell,
  type TypedTable,
  typedTable,
} from "../table/typedTable.js";
import { unpairedNotes, whyNoComparison } from "./comparisons.js";
import { methodName } from "./names.js";
import { floorNotes, movedName, movedWhere, noiseFloors, withFloors } from "./noiseFloors.js";
import { exclusionNotes, securityNotes } from "./policyNotes.js";
import { shareInterval } from "./shareInterval.js";
import { stateName } from "./stateName.js";
import { stubCells, stubColumns } from "./stubColumns.js";
import { studyView } from "./studyView.js";
import { type TransitionMatrix, transitionMatrices } from "./transitionMatrices.js";
import { whyNoTransition } from "./whyNoTransition.js";

/**
 * All sixteen transitions from the baseline's samples to each method's: one line a state before, in percent of the samples in that
 * state, with 95 % Wilson intervals. Beside them losses and gains: how many samples left the state and how many came to it, with the exact
 * McNemar test of the two. The line below sums the states and holds what is left out.
 *
 * Behind the methods of a model stands the noise floor, the baseline against itself in another repeat, where the run has repeats.
 *
 * @param options.baseline the method to start from, where it is not the study's own
 * @throws InputError for no rows.
 */
export function transitionTable(rows: readonly ResultRow[], options: { readonly baseline?: string } = {}): TypedTable {
  const view = studyView(rows, options.baseline);
  const methods = transitionMatrices(view);
  const floors = noiseFloors(rows, view);
  const matrices = withFloors(methods, floors);
  const tests = methods.flatMap(({ counts }) => sampleStates.map((state) => turnover(counts, state).p));
  const adjusted = holm(tests);
  const states = sampleStates.map((key): Column => {
    return { key, label: stateName(key), kind: "percent", group: "State under the method" };
  });
  const turnovers: Column[] = [
    { key: "left", label: "Left", kind: "count", group: "Losses and gains" },
    { key: "came", label: "Came", kind: "count", group: "Losses and gains" },
    { key: "p", label: "p", kind: "p", group: "Losses and gains" },
    { key: "holm", label: "Holm", kind: "p", group: "Losses and gains" },
  ];
  return typedTable({
    id: "transitions",
    title: `Samples of ${methodName(view.baseline)} before and after each method`,
    columns: [
      ...stubColumns(view),
      { key: "from", label: `State under ${methodName(view.baseline)}`, kind: "text" },
      { key: "n", label: "n", kind: "count" },
      ...states,
      ...turnovers,
    ],
    rows: matrices.flatMap((matrix) => {
      const at = methods.indexOf(matrix) * sampleStates.length;
      return matrixRows(matrix, at < 0 ? undefined : adjusted.slice(at, at + sampleStates.length));
    }),
    notes:
      matrices.length === 0
        ? [`Nothing to show: ${whyNoComparison(view)}.`, ...view.notes]
        : [
            ...(methods.length === 0 ? [`Nothing to show: ${whyNoComparison(view)}.`] : unpairedNotes(view)),
            "Percent of the n samples in the state on the left, with hits/n and 95 % Wilson interval.",
            `Left, came: samples that left the state under the method, and samples that came to it. p: exact McNemar test of the two, Holm over ${tests.length} tests.`,
            ...floorNotes(view, floors),
            ...securityNotes(view),
            ...exclusionNotes(
              matrices.map(({ excluded }) => excluded),
              "pairs",
            ),
            ...view.notes,
          ],
  });
}

/** Samples that left a state and that came to it. */
function turnover(counts: TransitionMatrix["counts"], state: SampleState): { left: number; came: number; p: number } {
  const others = sampleStates.filter((each) => each !== state);
  const left = others.reduce((sum, other) => sum + counts[state][other], 0);
  const came = others.reduce((sum, other) => sum + counts[other][state], 0);
  return { left, came, p: mcnemarExact(left, came).p };
}

function matrixRows(matrix: TransitionMatrix, adjusted: readonly number[] | undefined): Row[] {
  const { other, counts, pairs, excluded } = matrix;
  const selected = movedWhere(matrix);
  const names = { ...stubCells(other), method: textCell(movedName(matrix), selected) };
  const none =
    whyNoTransition(matrix) ??
    (pairs === 0 ? "no pair has all its verdicts" : "no sample of the baseline is in this state");
  const share = (hits: number, total: number, where: Cell["where"]): Cell =>
    total === 0
      ? missingCell(none, where)
      : { value: hits / total, hits, total, interval: shareInterval(hits, total), where };
  const lines = sampleStates.map((from, at): Row => {
    const where = { ...selected, from };
    const total = sampleStates.reduce((sum, to) => sum + counts[from][to], 0);
    const { left, came, p } = turnover(counts, from);
    const corrected = adjusted?.[at];
    return {
      ...names,
      from: textCell(stateName(from), where),
      n: numberCell(total, where),
      ...Object.fromEntries(sampleStates.map((to) => [to, share(counts[from][to], total, { ...where, to })])),
      left: numberCell(left, { ...where, to: `not ${from}` }),
      came: numberCell(came, { ...selected, from: `not ${from}`, to: from }),
      p: numberCell(p, where),
      holm:
        corrected === undefined
          ? missingCell("the noise floor is no test of a method", where)
          : numberCell(corrected, where),
    };
  });
  const after = (to: SampleState) => sampleStates.reduce((sum, from) => sum + counts[from][to], 0);
  const moved = pairs - sampleStates.reduce((sum, state) => sum + counts[state][state], 0);
  const sums = Object.fromEntries(sampleStates.map((to) => [to, share(after(to), pairs, { ...selected, to })]));
  const all = { from: textCell("All", selected), n: { value: pairs, excluded, where: selected } };
  return [...lines, { ...names, ...all, ...sums, left: numberCell(moved, {}), came: numberCell(moved, {}) }];
}
