import type { RelationOf } from "../record/schema/publishedRelation.js";
import type { AuditFinding } from "./auditFinding.js";
import { hitsOf } from "./denominators.js";
import { conventions, stepOf } from "./printedNumber.js";
import { groupsBy, isValued, type PublishedTable, rowName } from "./publishedTable.js";

/** Whether the shares of a row are whole numbers of its cases and use them up; the counts that follow are derived. */
export function checkWhole(table: PublishedTable, relation: RelationOf<"whole">): AuditFinding[] {
  const numbers = table.at(relation.place).filter(isValued);
  const step = stepOf(numbers.filter(({ unit }) => unit === "share"));
  const findings: AuditFinding[] = [];
  for (const row of groupsBy(numbers, "dataset", "model", "method")) {
    const total = row.find(({ quantity }) => quantity === relation.total);
    const shares = row.filter(({ quantity }) => relation.quantities.includes(quantity));
    if (total === undefined || shares.length === 0) continue;
    const base = { place: relation.place, ids: row.map(({ id }) => id) };
    let counted = 0;
    for (const share of shares) {
      const options = conventions.map((convention) => hitsOf(share.value, total.value, step, convention));
      const hits = options.find((option) => option !== null);
      if (hits === undefined || hits === null) {
        const says = `${rowName(share)}: ${share.quantity} ${share.printed} is no whole number of ${total.value} cases`;
        findings.push({ ...base, check: "whole numbers", verdict: "contradicts", ids: [share.id, total.id], says });
        continue;
      }
      counted += hits;
      const value = { quantity: `${share.quantity} cases`, number: hits };
      const says = `${rowName(share)}: ${share.quantity} ${share.printed} is ${hits} of ${total.value} cases`;
      findings.push({ ...base, check: "whole numbers", verdict: "derived", ids: [share.id], says, value });
    }
    if (counted !== total.value && counted > 0) {
      const says = `${rowName(total)}: the shares stand for ${counted} cases, and the row announces ${total.value}`;
      findings.push({ ...base, check: "sums", verdict: "contradicts", says });
    }
  }
  return findings;
}
