import { groupRows } from "../metric/groupRows.js";
import type { ResultRow } from "../record/schema/resultRow.js";

/** Least share of a configuration's samples that must have been executed. */
const least = 0.95;

/**
 * The rows of the configurations (data set, prompt, model and method) that were executed. One that was not still has verdicts for
 * texts that equal an executed one of another; such texts are no fair sample of it, so all its rows are left out.
 */
export function executedConfigurations(rows: readonly ResultRow[]): ResultRow[] {
  return groupRows(rows, ["dataset", "prompt", "model", "method"])
    .filter((group) => group.filter(({ execution }) => execution !== "notRun").length >= least * group.length)
    .flat();
}
