import type { RelationOf } from "../record/schema/publishedRelation.js";
import type { AuditFinding } from "./auditFinding.js";
import { hitsOf } from "./denominators.js";
import { type GroupFit, transpositionOf } from "./groupFit.js";
import { conventions } from "./printedNumber.js";
import type { PublishedTable, Valued } from "./publishedTable.js";
import { togetherFits } from "./togetherFits.js";

function outlierWords(odd: Valued, { found: { n }, convention, step }: GroupFit): string {
  const other = conventions.find(
    (candidate) => candidate !== convention && hitsOf(odd.value, n, step, candidate) !== null,
  );
  if (other !== undefined) return `${odd.printed} is ${other}, not ${convention}`;
  const near = Math.round(odd.value * n);
  const whole = hitsOf(odd.value, n, 0.01, "rounded") !== null && odd.printed.endsWith(".00%");
  if (whole) return `${odd.printed} looks like ${near} of ${n} printed as a whole percent`;
  return `${odd.printed} fits no whole number of ${n} (${near} of ${n} is ${((100 * near) / n).toFixed(2)}%)`;
}

function groupFindings(fit: GroupFit, what: string, place: string): AuditFinding[] {
  const { shares, found } = fit;
  const first = shares[0];
  if (first === undefined) return [];
  const base = { check: "denominators", place };
  const who = `${first.model} on ${first.dataset}, ${what}`;
  if (!fit.settled) {
    const mended = transpositionOf(fit);
    if (mended === undefined) return [];
    const { cell, n, printed, hits } = mended;
    const says = `${who}: no n explains all ${shares.length} values; with ${printed} in place of ${cell.printed} (${cell.method}) n = ${n} does (${hits} of ${n})`;
    return [{ ...base, verdict: "outlier", ids: [cell.id], says }];
  }
  const counts = found.hits.map((hits) => hits ?? "?").join(", ");
  const derived: AuditFinding = {
    ...base,
    verdict: "derived",
    ids: shares.map(({ id }) => id),
    says: `${who}: n = ${found.n} (hits ${counts})`,
    value: { quantity: `n of ${what}`, number: found.n },
  };
  const odd = shares.filter((_, index) => found.hits[index] === null);
  return [
    derived,
    ...odd.map((cell): AuditFinding => {
      const says = `${cell.model} + ${cell.method} on ${cell.dataset}, ${cell.quantity}: ${outlierWords(cell, fit)}`;
      return { ...base, verdict: "outlier", ids: [cell.id], says };
    }),
  ];
}

/**
 * The denominators behind percentages that share one without printing it, by the convention that explains the column best; the cells that
 * do not fit what all others of their group say are named.
 */
export function checkTogether(table: PublishedTable, relation: RelationOf<"together">): AuditFinding[] {
  const fits = togetherFits(table, relation);
  const what = relation.quantities.join(" and ");
  const [first] = fits;
  if (first === undefined) return [];
  const decimals = Math.round(-Math.log10(first.step)) - 2;
  const convention: AuditFinding = {
    check: "denominators",
    verdict: "convention",
    place: relation.place,
    ids: fits.flatMap(({ shares }) => shares.map(({ id }) => id)),
    says: `${what}: percentages are ${first.convention} to ${decimals} decimals`,
  };
  return [convention, ...fits.flatMap((fit) => groupFindings(fit, what, relation.place))];
}
