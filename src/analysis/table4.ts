import type { ResultRow } from "../record/schema/resultRow.js";
import { type TypedTable, typedTable } from "../table/typedTable.js";
import { comparisons, unpairedNotes, whyNoComparison } from "./comparisons.js";
import { effectLines, type FamilyOptions } from "./effectLines.js";
import { effectColumns, effectExclusions, effectNotes, effectRow } from "./effectTable.js";
import { measuresOf, paperMeasures } from "./measure.js";
import { methodName } from "./names.js";
import { exclusionNotes, securityNotes } from "./policyNotes.js";
import { stubColumns } from "./stubColumns.js";
import { studyView } from "./studyView.js";

/** What Table 4 can be asked. */
export interface EffectOptions extends FamilyOptions {
  /** The method to compare with, where it is not the study's own. */
  readonly baseline?: string;
  /** `paper`: Secure@1, Pass@1, Secure-Pass@1 and SAFE@1 (unless told). `all`: each scanner and case-level Pass@1 as well. */
  readonly measures?: "paper" | "all";
}

/**
 * Table 4: the baseline against every method, on Secure@1, Pass@1, Secure-Pass@1 and SAFE@1. It is the baseline's column of
 * `tableComparisons`, adjusted by itself.
 *
 * The paper's independent two-sample t test and Cohen's d (pooled SD, signed: method − baseline), beside what paired data deserve: the
 * mean difference with its BCa bootstrap interval and the exact McNemar test. Both p values also Holm-adjusted over the whole table.
 *
 * @throws InputError for no rows.
 * @example table4(rows, { baseline: "sven" })
 */
export function table4(rows: readonly ResultRow[], options: EffectOptions = {}): TypedTable {
  const view = studyView(rows, options.baseline);
  const measures = options.measures === "all" ? measuresOf(view.scanners) : paperMeasures;
  const lines = effectLines(view, comparisons(view), measures, options);
  return typedTable({
    id: "table4",
    title: `${methodName(view.baseline)} against every method`,
    columns: [...stubColumns(view), ...effectColumns(options, methodName(view.baseline), "Method")],
    rows: lines.map(effectRow),
    notes:
      lines.length === 0
        ? [`Nothing to compare: ${whyNoComparison(view)}.`, ...view.notes]
        : [
            ...unpairedNotes(view),
            `Δ and d are method − ${methodName(view.baseline)}: a gain is positive.`,
            ...effectNotes(lines, options),
            ...securityNotes(view),
            ...exclusionNotes(effectExclusions(lines), "pairs"),
            ...view.notes,
          ],
  });
}
