import type { ResultRow } from "../record/schema/resultRow.js";
import { type Column, type TypedTable, typedTable } from "../table/typedTable.js";
import { methodPairs, whyNoPair } from "./comparisons.js";
import { effectLines, type FamilyOptions } from "./effectLines.js";
import { effectColumns, effectExclusions, effectNotes, effectRow } from "./effectTable.js";
import { measuresOf } from "./measure.js";
import { exclusionNotes, securityNotes } from "./policyNotes.js";
import { stubColumns } from "./stubColumns.js";
import { studyView } from "./studyView.js";

/**
 * Any two methods of one model and data set, on every measure: Secure@1 by each scanner and by the union, Pass@1 by case and by task,
 * Secure-Pass@1 and SAFE@1. Table 4's tests on every pair of methods, of which it is the baseline's column; p values are adjusted over
 * all pairs and measures here.
 *
 * @throws InputError for no rows.
 * @example tableComparisons(rows.filter(({ dataset }) => dataset === "BigCodeBench"), { tTest: "welch" })
 */
export function tableComparisons(rows: readonly ResultRow[], options: FamilyOptions = {}): TypedTable {
  const view = studyView(rows);
  const lines = effectLines(view, methodPairs(view), measuresOf(view.scanners), options);
  const stub = stubColumns(view).filter(({ key }) => key !== "method");
  const methods: Column[] = [
    { key: "against", label: "Method A", kind: "text" },
    { key: "method", label: "Method B", kind: "text" },
  ];
  return typedTable({
    id: "tableComparisons",
    title: "Any two methods of a model, on every measure",
    columns: [...stub, ...methods, ...effectColumns(options, "A", "B")],
    rows: lines.map(effectRow),
    notes:
      lines.length === 0
        ? [`Nothing to compare: ${whyNoPair(view)}.`, ...view.notes]
        : [
            "Δ and d are B − A: positive where B is higher. A scanner’s line counts the pairs that it has verdicts of, all others those that Table 4 counts.",
            ...effectNotes(lines, options),
            ...securityNotes(view),
            ...exclusionNotes(effectExclusions(lines), "pairs"),
            ...view.notes,
          ],
  });
}
