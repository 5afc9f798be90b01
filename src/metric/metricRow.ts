import type { ResultRow } from "../record/schema/resultRow.js";
import type { ScanStatus } from "../record/schema/scan.js";
import type { SecurityPolicies } from "../record/schema/study.js";

/** The part of a result row that metrics read. Every `ResultRow` is one. */
export interface MetricRow extends Pick<
  ResultRow,
  | "dataset"
  | "task"
  | "prompt"
  | "model"
  | "method"
  | "repeat"
  | "index"
  | "sampleStatus"
  | "execution"
  | "casePass"
  | "taskPass"
  | "secure"
> {
  readonly facts: { readonly study: { readonly policies: SecurityPolicies } };
  readonly [scan: `scan_${string}`]: ScanStatus | "notScanned";
}
