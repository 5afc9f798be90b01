import type { RelationOf } from "../record/schema/publishedRelation.js";
import type { AuditFinding } from "./auditFinding.js";
import { groupsBy, isValued, type PublishedTable, rowName } from "./publishedTable.js";

/** Whether a metric stays below the one that bounds it, on the same samples: Secure-Pass@1 never above Pass@1. */
export function checkAtMost(table: PublishedTable, relation: RelationOf<"atMost">): AuditFinding[] {
  return groupsBy(table.at(relation.place).filter(isValued), "dataset", "model", "method").flatMap(
    (row): AuditFinding[] => {
      const lower = row.find(({ quantity }) => quantity === relation.lower);
      const upper = row.find(({ quantity }) => quantity === relation.upper);
      if (lower === undefined || upper === undefined || lower.value <= upper.value) return [];
      const says = `${rowName(lower)}: ${relation.lower} ${lower.printed} is above ${relation.upper} ${upper.printed}, which bounds it`;
      return [{ check: "bounds", verdict: "contradicts", place: relation.place, ids: [lower.id, upper.id], says }];
    },
  );
}
