import type { RelationOf } from "../record/schema/publishedRelation.js";
import { hitsOf } from "./denominators.js";
import { type GroupFit, groupFit } from "./groupFit.js";
import { conventions, stepOf } from "./printedNumber.js";
import { groupsBy, isValued, type PublishedTable, type Valued } from "./publishedTable.js";

/** A denominator that another table gives: the hits of a rate, less those of another. */
function knownDenominator(table: PublishedTable, relation: RelationOf<"together">, cell: Valued): number | undefined {
  const { known } = relation;
  const n = table.byId(relation.most[cell.dataset] ?? "").value;
  if (known === undefined || n === null) return undefined;
  const rates = table
    .at(known.place)
    .filter(isValued)
    .filter(
      ({ dataset, model, method }) => dataset === cell.dataset && model === cell.model && method === known.method,
    );
  const hits = (quantity: string): number | undefined => {
    const rate = rates.find((candidate) => candidate.quantity === quantity);
    if (rate === undefined) return undefined;
    const ways = conventions.map((convention) => hitsOf(rate.value, n, stepOf(rates), convention));
    return ways.find((way) => way !== null) ?? undefined;
  };
  const [plus, minus] = [hits(known.plus), known.minus === undefined ? 0 : hits(known.minus)];
  return plus === undefined || minus === undefined ? undefined : plus - minus;
}

/** How well one convention explains a column: the more groups it pins down, and the less by luck, the better. */
function support(fits: readonly GroupFit[]): number {
  return fits.reduce(
    (sum, { luck, found }) => sum + Math.min(0, Math.log(Math.max(luck, 1e-12))) - 5 * found.explained,
    0,
  );
}

/** What stands behind each group of a column, by the convention that explains the column best. */
export function togetherFits(table: PublishedTable, relation: RelationOf<"together">): GroupFit[] {
  const cells = table
    .at(relation.place)
    .filter(isValued)
    .filter(({ quantity, dataset }) => relation.quantities.includes(quantity) && relation.most[dataset] !== undefined);
  const rows = cells.filter(({ method }) => method !== "");
  const step = stepOf(cells);
  const tried = conventions.map((convention) =>
    groupsBy(rows, "dataset", "model").flatMap((shares) => {
      const first = shares[0];
      if (first === undefined) return [];
      const most = table.byId(relation.most[first.dataset] ?? "").value ?? 0;
      const known = knownDenominator(table, relation, first);
      return [groupFit({ shares, step, convention, most, ...(known === undefined ? {} : { known }) })];
    }),
  );
  return tried.reduce((least, next) => (support(next) < support(least) ? next : least));
}
