import type { Need } from "../metric/exclusionReason.js";
import { countReasons, type Exclusion } from "../metric/rate.js";
import { mcnemarExact } from "../stat/mcnemarExact.js";
import type { Comparison } from "./comparisons.js";
import { doubtsOf, evidenceOf } from "./evidence.js";
import { type FindingChange, findingChanges } from "./findingChanges.js";
import { plannedPairs } from "./plannedPairs.js";
import type { StudyView } from "./studyView.js";

/** One comparison with what changed in it. */
export interface ComparisonChanges {
  readonly comparison: Comparison;
  readonly pairs: number;
  readonly excluded: readonly Exclusion[];
  /** Why no scanner can be compared at all. */
  readonly missing: string | undefined;
  /** The scanners whose findings count: those with any verdict on both sides. */
  readonly seen: readonly string[];
  /** Why the others cannot be compared, with the command that makes their verdicts. */
  readonly unseen: readonly string[];
  readonly changes: readonly (FindingChange & { readonly p: number })[];
}

/** What is reported under the baseline and under the method on the same samples, over the scanners that looked at both sides. */
export function comparisonChanges(view: StudyView, comparison: Comparison): ComparisonChanges {
  const { base, other } = comparison;
  const { scanners } = view;
  const columns = scanners.map((scanner): Need => `scan_${scanner}`);
  const missing = new Map([base, other].flatMap((side) => [...evidenceOf(side, columns).missing]));
  const needs = columns.filter((need) => !missing.has(need));
  const seen = scanners.filter((scanner) => needs.includes(`scan_${scanner}`));
  const unseen = [...missing.values()];
  if (needs.length === 0) {
    return { comparison, pairs: 0, excluded: [], missing: unseen[0], seen, unseen, changes: [] };
  }
  const { pairs, baseOnly, otherOnly } = plannedPairs(view, comparison);
  const reasons = [...baseOnly.map(() => "method: no row"), ...otherOnly.map(() => "baseline: no row")];
  const [doubtsBefore, doubtsAfter] = [doubtsOf(base, needs), doubtsOf(other, needs)];
  const counted = pairs.filter((pair) => {
    const before = doubtsBefore.get(pair.base);
    const after = doubtsAfter.get(pair.other);
    if (before === undefined && after === undefined) return true;
    reasons.push(before === undefined ? `method: ${after}` : `baseline: ${before}`);
    return false;
  });
  const changes = findingChanges(counted, seen).map((change) => ({
    ...change,
    p: mcnemarExact(change.removed, change.introduced).p,
  }));
  return {
    comparison,
    pairs: counted.length,
    excluded: countReasons(reasons),
    missing: undefined,
    seen,
    unseen,
    changes,
  };
}
