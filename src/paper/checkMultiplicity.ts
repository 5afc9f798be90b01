import type { RelationOf } from "../record/schema/publishedRelation.js";
import { holm } from "../stat/holm.js";
import type { AuditFinding } from "./auditFinding.js";
import { effectPairs, pOfEffect } from "./checkEffects.js";
import type { PublishedTable } from "./publishedTable.js";

/** How many of the printed tests stay below .05 when all of them are counted as one family (Holm, from the printed d). */
export function checkMultiplicity(table: PublishedTable, relation: RelationOf<"effects">): AuditFinding[] {
  const pairs = effectPairs(table, relation);
  if (pairs.length < 2) return [];
  const before = pairs.map(({ d, n }) => pOfEffect(d.value, n));
  const [raw, adjusted] = [before, holm(before)].map((ps) => ps.filter((p) => p < 0.05).length);
  const says = `of ${pairs.length} tests ${raw} have p < .05, and ${adjusted} after Holm's correction (p computed from the printed d)`;
  return [
    {
      check: "multiplicity",
      verdict: "derived",
      place: relation.place,
      ids: pairs.map(({ d }) => d.id),
      says,
      value: { quantity: "tests below .05 after Holm", number: adjusted ?? 0 },
    },
  ];
}
