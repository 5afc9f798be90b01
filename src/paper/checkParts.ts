import type { RelationOf } from "../record/schema/publishedRelation.js";
import type { AuditFinding } from "./auditFinding.js";
import { groupsBy, isValued, type PublishedTable, rowName, type Valued } from "./publishedTable.js";

/** Whether the counts of each instrument add up to the stated total: `Bearer TP + TN + FP + FN` to the number of samples. */
export function checkParts(table: PublishedTable, relation: RelationOf<"parts">): AuditFinding[] {
  const total = table.byId(relation.total);
  const parts = table.at(relation.place).filter(isValued);
  const named = parts.flatMap((part) => {
    const suffix = relation.suffixes.find((end) => part.quantity.endsWith(` ${end}`));
    return suffix === undefined ? [] : [{ ...part, quantity: part.quantity.slice(0, -suffix.length - 1) }];
  });
  const wrong = new Map<number, Valued[][]>();
  const groups = groupsBy(named, "dataset", "model", "method", "quantity");
  for (const group of groups) {
    const sum = group.reduce((all, { value }) => all + value, 0);
    if (sum !== total.value) wrong.set(sum, [...(wrong.get(sum) ?? []), group]);
  }
  const base = { check: "sums", place: relation.place };
  const ids = named.map(({ id }) => id);
  if (wrong.size === 0) {
    return [{ ...base, verdict: "agrees", ids, says: `every row adds up to the ${total.printed} of ${total.place}` }];
  }
  return [...wrong].map(([sum, rows]) => {
    const which =
      rows.length === groups.length
        ? `each of the ${rows.length} rows (${rows.map((row) => row[0]?.quantity ?? "").join(", ")})`
        : rows.map((row) => (row[0] === undefined ? "" : `${row[0].quantity} (${rowName(row[0])})`)).join(", ");
    return {
      ...base,
      verdict: "contradicts",
      ids: [...rows.flat().map(({ id }) => id), total.id],
      says: `${which} adds up to ${sum}, and ${total.place} announces ${total.printed}`,
    };
  });
}
