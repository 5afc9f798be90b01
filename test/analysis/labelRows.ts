import type { ResultRow } from "../../src/record/schema/resultRow.js";
import type { RowLabel } from "../../src/record/schema/label.js";
import type { ScanStatus } from "../../src/record/schema/scan.js";
import { facts, row } from "./rows.js";

/** A label of an annotator, or with `role` of an adjudicator. */
export function label(annotator: string, value: string, fields: Partial<RowLabel> = {}): RowLabel {
  const role = "annotator" as const;
  return { annotator, role, question: "security", value, cwe: [], lines: [], note: "", seconds: 10, ...fields };
}

/** What one sample is to be: bandit's verdict, a judge's, and its labels. */
export interface LabelSketch {
  readonly bandit: ScanStatus | "notScanned";
  readonly judge?: string;
  readonly method?: string;
  readonly labels: readonly RowLabel[];
}

/** Samples with verdicts and labels, one task each. */
export function labelRows(sketches: readonly LabelSketch[]): ResultRow[] {
  const shared = facts();
  return sketches.map(({ bandit, judge = "notJudged", method = "base", labels }, i) =>
    row(shared, { task: `t${i}`, method, scans: { bandit }, judges: { j: judge }, labels }),
  );
}

/** The same sketch so many times. */
export function times(count: number, sketch: LabelSketch): LabelSketch[] {
  return new Array<LabelSketch>(count).fill(sketch);
}
