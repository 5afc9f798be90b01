import type { RelationOf } from "../record/schema/publishedRelation.js";
import type { AuditFinding } from "./auditFinding.js";
import { denominatorOf, hitsOf } from "./denominators.js";
import { type Convention, conventions, stepOf } from "./printedNumber.js";
import { isValued, type PublishedTable, rowName, type Valued } from "./publishedTable.js";

/** How far from the stated n another n is looked for. */
const search = { below: 0.75, above: 1.25 };

function unexplained(shares: readonly Valued[], n: number, step: number, convention: Convention): Valued[] {
  return shares.filter(({ value }) => hitsOf(value, n, step, convention) === null);
}

/**
 * Whether shares are whole numbers of the units that the publication states. Where most are not, the one n that explains them is named;
 * where a few are not, those are.
 */
export function checkCounted(table: PublishedTable, relation: RelationOf<"counted">): AuditFinding[] {
  const stated = table.byId(relation.n);
  if (!isValued(stated)) return [];
  const shares = table
    .at(relation.place)
    .filter(isValued)
    .filter(({ dataset, quantity }) => dataset === relation.dataset && relation.quantities.includes(quantity));
  const step = stepOf(shares);
  const best = conventions
    .map((convention) => ({ convention, odd: unexplained(shares, stated.value, step, convention) }))
    .reduce((least, next) => (next.odd.length < least.odd.length ? next : least));
  const what = `${relation.quantities.join(", ")} on ${relation.dataset}`;
  const base = { check: "denominators", place: relation.place };
  if (best.odd.length * 4 > shares.length) {
    const [from, to] = [Math.floor(stated.value * search.below), Math.ceil(stated.value * search.above)];
    const values = shares.map(({ value }) => value);
    const found = conventions
      .map((convention) => denominatorOf({ shares: values, step, convention, from, to }))
      .reduce((most, next) => (next.explained > most.explained ? next : most));
    const all = found.explained === shares.length;
    const says = all
      ? `${what}: all ${shares.length} values fit n = ${found.n} and ${best.odd.length} of them do not fit the stated n = ${stated.printed}`
      : `${what}: ${best.odd.length} of ${shares.length} values do not fit the stated n = ${stated.printed}, and no n from ${from} to ${to} fits all`;
    return [{ ...base, verdict: "contradicts", ids: [...shares.map(({ id }) => id), stated.id], says }];
  }
  const outliers = best.odd.map((odd): AuditFinding => ({
    ...base,
    verdict: "outlier",
    ids: [odd.id, stated.id],
    says: `${rowName(odd)}: ${odd.quantity} ${odd.printed} is no whole number of ${stated.printed} samples, ${best.convention} or not`,
  }));
  const says = `${what}: ${shares.length - best.odd.length} of ${shares.length} values fit n = ${stated.printed}, ${best.convention}`;
  return [{ ...base, verdict: "convention", ids: shares.map(({ id }) => id), says }, ...outliers];
}
