import type { RelationOf } from "../record/schema/publishedRelation.js";
import type { AuditFinding } from "./auditFinding.js";
import { pOfEffect } from "./checkEffects.js";
import { conventions, stepOf, valuesBehind } from "./printedNumber.js";
import { groupsBy, isValued, type PublishedTable, rowName } from "./publishedTable.js";

/** Cohen's d (pooled, n − 1, signed: second − first) of a binary metric with these two rates and n units each. */
export function effectOfRates(first: number, second: number, n: number): number {
  const variance = ((first * (1 - first) + second * (1 - second)) / 2) * (n / (n - 1));
  return (second - first) / Math.sqrt(variance);
}

/** The |d| that rates printed to this step allow: `[smallest, largest]`. */
function effectsBehind(first: number, second: number, step: number, n: number): [number, number] {
  const near = [-step, 0, step];
  const effects = near.flatMap((a) => near.map((b) => effectOfRates(first + a, second + b, n))).filter(Number.isFinite);
  const crosses = effects.some((d) => d < 0) && effects.some((d) => d > 0);
  const sizes = effects.map(Math.abs);
  return [crosses ? 0 : Math.min(...sizes), Math.max(...sizes)];
}

/**
 * Whether the effects of a table stand beside the configuration whose rates, printed elsewhere, give them. Where they stand beside
 * another one, the two are named: a row that has moved.
 */
export function checkEffectsOfRates(table: PublishedTable, relation: RelationOf<"effectsOfRates">): AuditFinding[] {
  const rates = table
    .at(relation.rates)
    .filter(isValued)
    .filter(({ quantity }) => quantity === relation.metric);
  const printed = table.at(relation.place).filter(({ quantity }) => quantity === `${relation.metric} d`);
  const step = stepOf(printed.filter(isValued));
  const findings: AuditFinding[] = [];
  for (const group of groupsBy(rates, "dataset", "model")) {
    const base = group.find(({ method }) => method === relation.base);
    const n = table.byId(relation.n[group[0]?.dataset ?? ""] ?? "").value;
    if (base === undefined || n === null) continue;
    for (const rate of group.filter(({ method }) => method !== relation.base)) {
      const d = effectOfRates(base.value, rate.value, n);
      const reach = effectsBehind(base.value, rate.value, stepOf([base, rate]), n);
      const fits = (value: number | null): boolean =>
        value !== null &&
        conventions.some((way) => {
          const [least, most] = valuesBehind(Math.abs(value), step, way);
          return least <= reach[1] && most >= reach[0];
        });
      const own = printed.find(
        ({ dataset, model, method }) => dataset === rate.dataset && model === rate.model && method === rate.method,
      );
      const elsewhere = printed.filter((cell) => cell.dataset === rate.dataset && cell !== own && fits(cell.value));
      const follows = `d = ${Math.abs(d).toFixed(4)}, p = ${pOfEffect(d, n).toPrecision(3)}`;
      const ids = [base.id, rate.id, ...(own === undefined ? [] : [own.id])];
      const shared = { check: "effects of rates", place: relation.place };
      const from = `${rowName(rate)}, ${relation.metric}: ${relation.rates} gives ${follows}`;
      findings.push({
        ...shared,
        verdict: "derived",
        ids,
        says: from,
        value: { quantity: `${relation.metric} d`, number: d },
      });
      if (fits(own?.value ?? null)) continue;
      const there = own === undefined || own.value === null ? "its cell is empty" : `beside it stands ${own.printed}`;
      const moved = elsewhere.map((cell) => `${rowName(cell)} (${cell.printed})`).join(", ");
      const says = `${from}; ${there}${moved === "" ? "" : `, and the value stands beside ${moved}`}`;
      findings.push({ ...shared, verdict: "contradicts", ids: [...ids, ...elsewhere.map(({ id }) => id)], says });
    }
  }
  return findings;
}
