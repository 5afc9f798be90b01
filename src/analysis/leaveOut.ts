import type { ResultRow } from "../record/schema/resultRow.js";
import { columnVerdict, scannerVerdict } from "../metric/scannerVerdict.js";
import { scannerName } from "./names.js";
import type { StudyView } from "./studyView.js";

/** Something that the union is judged without. */
export interface LeftOut {
  readonly key: string;
  /** `without CodeQL`. */
  readonly label: string;
  /** Whether a sample is secure without it. */
  readonly isSecure: (row: ResultRow) => boolean;
}

/** How many rules are left out in turn where there is only one scanner. */
const rulesShown = 4;

/**
 * What the union can be judged without: each of its scanners. A union of one scanner has nothing left without it, so there each of the
 * rules that flag most samples is left out in turn.
 */
export function leaveOuts({ study, configurations }: StudyView): LeftOut[] {
  const { union } = study;
  const [only] = union;
  if (union.length > 1 || only === undefined) {
    return union.map((scanner) => {
      const others = union.filter((other) => other !== scanner).map((other) => `scan_${other}` as const);
      return {
        key: `without_${scanner}`,
        label: `without ${scannerName(scanner)}`,
        isSecure: (row) => others.every((column) => columnVerdict(row, column) === "secure"),
      };
    });
  }
  const counts = new Map<string, number>();
  for (const { rows } of configurations)
    for (const { findings } of rows)
      for (const rule of new Set(findings[only]?.map(({ ruleId }) => ruleId)))
        counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, rulesShown)
    .map(([rule]) => ({
      key: `without_${rule}`,
      label: `without ${rule}`,
      isSecure: (row) => scannerVerdict(row, only) === "secure" || isOnly(row.findings[only] ?? [], rule),
    }));
}

function isOnly(findings: readonly { readonly ruleId: string }[], rule: string): boolean {
  return findings.length > 0 && findings.every(({ ruleId }) => ruleId === rule);
}
