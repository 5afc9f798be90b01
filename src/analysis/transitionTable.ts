import { sampleStates } from "../metric/transitions.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import {
  type Cell,
  type Column,
  missingCell,
  type Row,
  textCell,
  type TypedTable,
  typedTable,
} from "../table/typedTable.js";
import { whyNoComparison } from "./comparisons.js";
import { methodName } from "./names.js";
import { exclusionNotes, securityNotes } from "./policyNotes.js";
import { shareInterval } from "./shareInterval.js";
import { stateName } from "./stateName.js";
import { stubCells, stubColumns } from "./stubColumns.js";
import { studyView } from "./studyView.js";
import { type TransitionMatrix, transitionMatrices } from "./transitionMatrices.js";
import { whyNoTransition } from "./whyNoTransition.js";

/**
 * All sixteen transitions from the baseline's samples to each method's, gains beside losses: one line a state before, in percent of
 * the samples in that state, with 95 % Wilson intervals.
 *
 * @param options.baseline the method to start from, where it is not the study's own
 * @throws InputError for no rows.
 */
export function transitionTable(rows: readonly ResultRow[], options: { readonly baseline?: string } = {}): TypedTable {
  const view = studyView(rows, options.baseline);
  const matrices = transitionMatrices(view);
  const group = "State under the method";
  const columns: Column[] = sampleStates.map((state) => ({
    key: state,
    label: stateName(state),
    kind: "percent",
    group,
  }));
  return typedTable({
    id: "transitions",
    title: `Samples of ${methodName(view.baseline)} before and after each method`,
    columns: [
      ...stubColumns(view),
      { key: "from", label: `State under ${methodName(view.baseline)}`, kind: "text" },
      ...columns,
    ],
    rows: matrices.flatMap((matrix) => matrixRows(matrix, view.baseline)),
    notes: [
      ...(matrices.length === 0 ? [`Nothing to show: ${whyNoComparison(view)}.`] : []),
      "Percent of the samples in the state on the left; hits/n and 95 % Wilson interval beside it.",
      ...securityNotes(view),
      ...exclusionNotes(matrices.map(({ excluded }) => excluded)),
      ...view.notes,
    ],
  });
}

function matrixRows({ base, other, counts, excluded }: TransitionMatrix, against: string): Row[] {
  const missing = whyNoTransition({ base, other });
  return sampleStates.map((from) => {
    const total = sampleStates.reduce((sum, to) => sum + counts[from][to], 0);
    const cell = (to: (typeof sampleStates)[number]): Cell => {
      const where = { ...other.where, against, from, to };
      const hits = counts[from][to];
      if (total === 0) return missingCell(missing ?? "no sample of the baseline is in this state", where);
      return { value: hits / total, hits, total, excluded, interval: shareInterval(hits, total), where };
    };
    return {
      ...stubCells(other),
      from: textCell(stateName(from), { ...other.where, against, from }),
      ...Object.fromEntries(sampleStates.map((to) => [to, cell(to)])),
    };
  });
}
