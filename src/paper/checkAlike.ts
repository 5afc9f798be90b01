import type { RelationOf } from "../record/schema/publishedRelation.js";
import { independentTTest } from "../stat/independentTTest.js";
import type { AuditFinding } from "./auditFinding.js";
import { groupsBy, isValued, type PublishedTable } from "./publishedTable.js";

/** Whether two data sets differ over each column of a table: an independent t test over the configurations' values. */
export function checkAlike(table: PublishedTable, relation: RelationOf<"alike">): AuditFinding[] {
  const claim = table.byId(relation.claim);
  const cells = table
    .at(relation.place)
    .filter(isValued)
    .filter(({ model }) => model !== relation.leaveOut);
  return groupsBy(cells, "quantity").flatMap((column): AuditFinding[] => {
    const values = relation.datasets.map((name) =>
      column.filter(({ dataset }) => dataset === name).map(({ value }) => value),
    );
    const [first = [], second = []] = values;
    if (first.length < 2 || second.length < 2) return [];
    const { p } = independentTTest(first, second);
    const says = `${column[0]?.quantity ?? ""}: ${relation.datasets.join(" against ")}, independent t-test p = ${p.toPrecision(2)} (the prose: ${claim.printed})`;
    const verdict = p > 0.05 ? "agrees" : "contradicts";
    return [{ check: "data sets", verdict, place: claim.place, ids: [claim.id, ...column.map(({ id }) => id)], says }];
  });
}
