import type { RelationOf } from "../record/schema/publishedRelation.js";
import type { AuditFinding } from "./auditFinding.js";
import { groupsBy, isValued, type PublishedTable, rowName } from "./publishedTable.js";

/** Rows with numbers for a configuration that was not run, rows without numbers for one that was, and rows that stand twice. */
export function checkRuns(table: PublishedTable, relation: RelationOf<"runs">): AuditFinding[] {
  return relation.places.flatMap((place) => {
    const rows = groupsBy(table.at(place), "dataset", "model", "method");
    const findings: AuditFinding[] = [];
    const seen = new Map<string, string>();
    for (const row of rows) {
      const first = row[0];
      if (first === undefined || !(first.model in relation.models)) continue;
      const ids = row.map(({ id }) => id);
      const planned = relation.models[first.model]?.includes(first.method) ?? false;
      const filled = row.some(isValued);
      if (filled && !planned) {
        const says = `${rowName(first)}: a row with numbers for a configuration that was not run`;
        findings.push({ check: "rows", verdict: "contradicts", place, ids, says });
      }
      if (!filled && planned) {
        const says = `${rowName(first)}: the row is empty although the configuration was run`;
        findings.push({ check: "rows", verdict: "contradicts", place, ids, says });
      }
      const values = row.filter(isValued).filter(({ value }) => value !== 0);
      const text = JSON.stringify([first.dataset, row.map(({ quantity, printed }) => [quantity, printed])]);
      const twin = seen.get(text);
      if (values.length >= 3 && twin !== undefined) {
        findings.push({
          check: "rows",
          verdict: "contradicts",
          place,
          ids,
          says: `${rowName(first)} repeats the row of ${twin}`,
        });
      }
      seen.set(text, rowName(first));
    }
    return findings;
  });
}
