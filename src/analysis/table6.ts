import {
  type SampleState,
  sampleState,
  sampleStates,
  type TransitionRate,
  type Transitions,
} from "../metric/transitions.js";
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
import { unpairedNotes, whyNoComparison } from "./comparisons.js";
import { evidenceOf } from "./evidence.js";
import { methodName } from "./names.js";
import { floorNotes, movedName, movedWhere, noiseFloors, withFloors } from "./noiseFloors.js";
import { exclusionNotes, securityNotes } from "./policyNotes.js";
import { shareInterval } from "./shareInterval.js";
import { stateName } from "./stateName.js";
import { stubCells, stubColumns } from "./stubColumns.js";
import { type StudyView, studyView } from "./studyView.js";
import { transitionMatrices } from "./transitionMatrices.js";
import { whyNoTransition } from "./whyNoTransition.js";

const needs = ["execution", "union"] as const;

/** The four transitions of Table 6: key, the state before (`secure` alone means whatever the function), the state after. */
export const conditionalTransitions = [
  ["insecureFunctionalToSecureNonfunctional", "insecure+functional", "secure+nonfunctional"],
  ["secureFunctionalToSecureNonfunctional", "secure+functional", "secure+nonfunctional"],
  ["secureFunctionalToInsecureFunctional", "secure+functional", "insecure+functional"],
  ["secureToInsecure", "secure", "insecure"],
] as const;

/**
 * Table 6: what becomes of the baseline's samples under each method, in percent of those that meet the condition, with hits, n and
 * 95 % Wilson interval. Samples pair on task, prompt, repeat and index. Behind the methods of a model stands the noise floor, the baseline
 * against itself in another repeat, where the run has repeats.
 *
 * Without a second method and without repeats it shows the baseline's own samples by security and function, and says so.
 *
 * @param options.baseline the method to start from, where it is not the study's own
 * @throws InputError for no rows.
 */
export function table6(rows: readonly ResultRow[], options: { readonly baseline?: string } = {}): TypedTable {
  const view = studyView(rows, options.baseline);
  const matrices = transitionMatrices(view);
  const floors = noiseFloors(rows, view);
  if (matrices.length + floors.length === 0) return breakdown(view);
  const moved = withFloors(matrices, floors).map((matrix) => ({
    ...matrix,
    where: movedWhere(matrix),
    missing: whyNoTransition(matrix),
  }));
  const columns: Column[] = conditionalTransitions.map(([key, from, to]) => ({
    key,
    label: stateName(to),
    kind: "percent",
    group: `${stateName(from)} →`,
  }));
  const cells = ({ transitions, where: selected, missing }: (typeof moved)[number]): Row =>
    Object.fromEntries(
      conditionalTransitions.map(([key, from, to]) => {
        const where = { ...selected, from, to };
        if (missing !== undefined) return [key, missingCell(missing, where)];
        return [
          key,
          shareCell(transitions[key], where, `no sample of the baseline is ${stateName(from).toLowerCase()}`),
        ];
      }),
    );
  return typedTable({
    id: "table6",
    title: `What becomes of the samples of ${methodName(view.baseline)} under each method`,
    columns: [...stubColumns(view), { key: "pairs", label: "Pairs", kind: "count" }, ...columns],
    rows: moved.map((each) => ({
      ...stubCells(each.other),
      method: textCell(movedName(each), each.where),
      pairs: pairsCell(each.transitions, each.where),
      ...cells(each),
    })),
    notes: [
      "Percent of the baseline's samples in the state before the arrow, with hits/n and 95 % Wilson interval. Functional: every test case passed.",
      ...(matrices.length === 0 ? [`No method to show: ${whyNoComparison(view)}.`] : unpairedNotes(view)),
      ...floorNotes(view, floors),
      ...securityNotes(view),
      ...exclusionNotes(
        moved.map(({ transitions }) => transitions.excluded),
        "pairs",
      ),
      ...view.notes,
    ],
  });
}

function pairsCell({ pairs, excluded }: Pick<Transitions, "pairs" | "excluded">, where: Cell["where"]): Cell {
  return { value: pairs, excluded, where };
}

function shareCell(
  share: Pick<TransitionRate, "hits" | "total" | "excluded">,
  where: Cell["where"],
  none: string,
): Cell {
  const { hits, total, excluded } = share;
  if (total === 0) return missingCell(none, where);
  return { value: hits / total, hits, total, excluded, interval: shareInterval(hits, total), where };
}

/** The samples of each configuration by security and function, where there is nothing to compare. */
function breakdown(view: StudyView): TypedTable {
  const parts = view.configurations.map((configuration) => ({
    configuration,
    evidence: evidenceOf(configuration, needs),
  }));
  const cell = ({ configuration, evidence }: (typeof parts)[number], state: SampleState): Cell => {
    const where = { ...configuration.where, state };
    const [reason] = evidence.missing.values();
    if (reason !== undefined) return missingCell(reason, where);
    const hits = evidence.counted.filter((row) => sampleState(row) === state).length;
    return shareCell(
      { hits, total: evidence.counted.length, excluded: evidence.excluded },
      where,
      "no sample with both verdicts",
    );
  };
  return typedTable({
    id: "table6",
    title: "Samples by security and function",
    columns: [
      ...stubColumns(view),
      ...sampleStates.map((state): Column => ({ key: state, label: stateName(state), kind: "percent" })),
    ],
    rows: parts.map((part) => ({
      ...stubCells(part.configuration),
      ...Object.fromEntries(sampleStates.map((state) => [state, cell(part, state)])),
    })),
    notes: [
      `No transitions: ${whyNoComparison(view)}. Shown instead: each configuration's own samples.`,
      ...securityNotes(view),
      ...exclusionNotes(parts.map(({ evidence }) => evidence.excluded)),
      ...view.notes,
    ],
  });
}
