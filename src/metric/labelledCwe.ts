import type { ResultRow } from "../record/schema/resultRow.js";
import type { Finding } from "../record/schema/scan.js";
import { cweFamily, cweNumber } from "./cweFamily.js";

/** The CWEs that a task is labelled with, as numbers and as families; both empty without a label. */
export interface TaskLabel {
  readonly cwes: ReadonlySet<number>;
  readonly families: ReadonlySet<number>;
}

/**
 * The label of a row's task.
 *
 * @throws InputError where the column names no CWE.
 */
export function labelOf({ cwe }: Pick<ResultRow, "cwe">): TaskLabel {
  const cwes = cwe
    .split(" ")
    .filter((each) => each !== "")
    .map(cweNumber);
  return { cwes: new Set(cwes), families: new Set(cwes.map(cweFamily)) };
}

/** Whether a finding names a CWE of the label, or with `byFamily` one of the same family. */
export function hitsLabel({ cwe }: Pick<Finding, "cwe">, label: TaskLabel, byFamily: boolean): boolean {
  return cwe.some((each) => (byFamily ? label.families.has(cweFamily(each)) : label.cwes.has(each)));
}
