import { type PairColumn, pairRows, type RowPairs } from "../metric/pairRows.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import type { Comparison } from "./comparisons.js";
import { memory } from "./memory.js";
import type { StudyView } from "./studyView.js";

/**
 * The samples of two sides of a view in pairs, as `pairRows` makes them; several tables ask for the same sides, which are paired once.
 *
 * @param columns what the two samples of a pair share: all of the sample's key but the method, unless told
 */
export function plannedPairs(
  view: StudyView,
  { base, other }: Comparison,
  columns?: readonly PairColumn[],
): RowPairs<ResultRow> {
  const compared = JSON.stringify([base.where, other.where, columns]);
  return pairsOf(view, compared, () => pairRows(base.rows, other.rows, columns));
}

const pairsOf = memory<RowPairs<ResultRow>>();
