import type { RelationOf } from "../record/schema/publishedRelation.js";
import { studentTTwoSided } from "../stat/distribution/studentT.js";
import type { AuditFinding } from "./auditFinding.js";
import { type Convention, conventions, stepOf, valuesBehind } from "./printedNumber.js";
import { groupsBy, isValued, type PublishedTable, rowName, type Valued } from "./publishedTable.js";

/** A printed p and d of one comparison. */
export interface EffectPair {
  readonly p: Valued;
  readonly d: Valued;
  readonly n: number;
}

/** The p of an independent two-sided t test of two samples of n that differ by d pooled standard deviations: t = d·√(n/2), df = 2n − 2. */
export function pOfEffect(d: number, n: number): number {
  return studentTTwoSided(d * Math.sqrt(n / 2), 2 * n - 2);
}

/** The pairs of p and d that a table prints, with the n of their data set. */
export function effectPairs(table: PublishedTable, relation: RelationOf<"effects">): EffectPair[] {
  return groupsBy(table.at(relation.place).filter(isValued), "dataset", "model", "method").flatMap((row) =>
    relation.metrics.flatMap((metric) => {
      const p = row.find(({ quantity }) => quantity === `${metric} p`);
      const d = row.find(({ quantity }) => quantity === `${metric} d`);
      const n = table.byId(relation.n[row[0]?.dataset ?? ""] ?? "").value;
      return p === undefined || d === undefined || n === null ? [] : [{ p, d, n }];
    }),
  );
}

/** Digits are counted in each cell, not in the column: `0.06` may be anything that begins so. */
function fitsTogether({ p, d, n }: EffectPair, convention: Convention): boolean {
  const [least, most] = valuesBehind(Math.abs(d.value), stepOf([d]), convention);
  const [lowest, highest] = valuesBehind(p.value, stepOf([p]), convention);
  return pOfEffect(Math.max(0, most), n) <= highest && pOfEffect(Math.max(0, least), n) >= lowest;
}

/** Whether each printed p follows from the d beside it, by an independent t test of two samples of n. */
export function checkEffects(table: PublishedTable, relation: RelationOf<"effects">): AuditFinding[] {
  const pairs = effectPairs(table, relation);
  const best = conventions
    .map((convention) => ({ convention, odd: pairs.filter((pair) => !fitsTogether(pair, convention)) }))
    .reduce((least, next) => (next.odd.length < least.odd.length ? next : least));
  const base = { check: "p and d", place: relation.place };
  const says = `${pairs.length - best.odd.length} of ${pairs.length} pairs of p and d fit an independent t-test on n per group, both ${best.convention}`;
  return [
    { ...base, verdict: "convention", ids: pairs.flatMap(({ p, d }) => [p.id, d.id]), says },
    ...best.odd.map(({ p, d, n }): AuditFinding => {
      const follows = pOfEffect(d.value, n).toPrecision(2);
      const words = `${rowName(p)}: p ${p.printed} does not follow from d ${d.printed} with n = ${n} (p ≈ ${follows})`;
      return { ...base, verdict: "contradicts", ids: [p.id, d.id], says: words };
    }),
  ];
}
