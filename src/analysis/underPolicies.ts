import { safeOf } from "../metric/safeOf.js";
import type { ResultRow, StudyFacts } from "../record/schema/resultRow.js";
import type { SecurityPolicies } from "../record/schema/study.js";
import { unionVerdict } from "../record/unionVerdict.js";

/**
 * The same samples as a study with other policies would count them: what code that does not parse is, and what a scan that failed
 * is. The union's verdict and SAFE follow; the run folder stays as it is.
 *
 * @param policies those that differ; the study's own hold else
 * @example tableSecure(underPolicies(rows, { scanFailed: "secure" }))
 */
export function underPolicies(rows: readonly ResultRow[], policies: Partial<SecurityPolicies>): ResultRow[] {
  const changed = new Map<StudyFacts, StudyFacts>();
  const factsOf = (facts: StudyFacts): StudyFacts => {
    const known = changed.get(facts);
    if (known !== undefined) return known;
    const { study } = facts;
    const other = { ...facts, study: { ...study, policies: { ...study.policies, ...policies } } };
    changed.set(facts, other);
    return other;
  };
  return rows.map((row) => {
    const facts = factsOf(row.facts);
    const statuses = facts.study.union.map((scanner) => row[`scan_${scanner}`] ?? "notScanned");
    const secure = unionVerdict(statuses, facts.study.policies);
    const known = row.casePass !== null && (secure === "secure" || secure === "insecure");
    return { ...row, secure, safe: known ? safeOf(row.casePass, secure === "secure") : null, facts };
  });
}
