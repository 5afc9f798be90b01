import { safeParts } from "../metric/safeDifference.js";
import { sampleStates } from "../metric/transitions.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import { pairedBootstrap } from "../stat/pairedBootstrap.js";
import { type Cell, missingCell, type Row, type TypedTable, typedTable } from "../table/typedTable.js";
import { compare } from "./compare.js";
import { unpairedNotes, whyNoComparison } from "./comparisons.js";
import { evidenceOf } from "./evidence.js";
import { safeMeasure } from "./measure.js";
import { methodName } from "./names.js";
import { exclusionNotes, securityNotes } from "./policyNotes.js";
import { stubCells, stubColumns } from "./stubColumns.js";
import { type StudyView, studyView } from "./studyView.js";
import { type TransitionMatrix, transitionMatrices } from "./transitionMatrices.js";

const parts = ["total", "security", "functionality"] as const;

/**
 * What a change of SAFE@1 is made of: the part that comes from security and the part that comes from function, which add up to it.
 * Each is a mean over pairs of samples with its 95 % BCa bootstrap interval. A method that gains in the first what it loses
 * in the second bought security with function.
 *
 * @param options.baseline the method to start from, where it is not the study's own
 * @throws InputError for no rows.
 */
export function tableSafeSplit(rows: readonly ResultRow[], options: { readonly baseline?: string } = {}): TypedTable {
  const view = studyView(rows, options.baseline);
  const matrices = transitionMatrices(view);
  return typedTable({
    id: "tableSafeSplit",
    title: `What the change of SAFE@1 against ${methodName(view.baseline)} is made of`,
    columns: [
      ...stubColumns(view),
      { key: "pairs", label: "Pairs", kind: "count" },
      { key: "total", label: "Δ SAFE@1", kind: "difference" },
      { key: "security", label: "Security", kind: "difference", group: "Part of" },
      { key: "functionality", label: "Function", kind: "difference", group: "Part of" },
    ],
    rows: matrices.map((matrix) => lineOf(view, matrix)),
    notes:
      matrices.length === 0
        ? [`Nothing to compare: ${whyNoComparison(view)}.`, ...view.notes]
        : [
            ...unpairedNotes(view),
            `Security + Function = Δ. SAFE is security times function; the change of one is weighed with the mean of the other before and after (Shapley value), so neither comes first. Intervals: 95 % BCa bootstrap, over all resamples of the pairs.`,
            ...securityNotes(view),
            ...exclusionNotes(
              matrices.map(({ excluded }) => excluded),
              "pairs",
            ),
            ...view.notes,
          ],
  });
}

function lineOf(view: StudyView, matrix: TransitionMatrix): Row {
  const { base, other, excluded } = matrix;
  const where = { ...other.where, against: view.baseline };
  const pairs = sampleStates.flatMap((from) => sampleStates.flatMap((to) => matrix.transitions.matrix[from][to]));
  const terms = pairs.map(safeParts);
  const missing = [base, other].flatMap((side) => [...evidenceOf(side, ["execution", "union"]).missing.values()]);
  const cell = (part: (typeof parts)[number]): Cell => {
    if (terms.length < 2) {
      return missingCell(missing[0] ?? "fewer than two tasks have all verdicts under both methods", where);
    }
    // The whole is Table 4's difference of SAFE@1, whose interval is known already.
    const [whole] = part === "total" ? compare(view, { base, other }, [safeMeasure]) : [];
    if (whole !== undefined && "n" in whole) {
      return { value: whole.difference, total: whole.n, interval: whole.interval, where };
    }
    const { mean, interval } = pairedBootstrap(terms.map((term) => term[part]));
    return { value: mean, total: terms.length, interval: [interval.lower, interval.upper], where };
  };
  return {
    ...stubCells(other),
    pairs: { value: pairs.length, excluded, where },
    ...Object.fromEntries(parts.map((part) => [part, cell(part)])),
  };
}
