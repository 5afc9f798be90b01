import type { PublishedNumber } from "../record/schema/publishedNumber.js";
import type { PublishedRelation, RelationOf } from "../record/schema/publishedRelation.js";
import type { AuditFinding } from "./auditFinding.js";
import { checkAlike } from "./checkAlike.js";
import { checkAtMost } from "./checkAtMost.js";
import { checkAverages, type DenominatorsOfCell, type DenominatorsOfGroup } from "./checkAverages.js";
import { checkCounted } from "./checkCounted.js";
import { checkEffects } from "./checkEffects.js";
import { checkEffectsOfRates } from "./checkEffectsOfRates.js";
import { checkMultiplicity } from "./checkMultiplicity.js";
import { checkGaps } from "./checkGaps.js";
import { checkParts } from "./checkParts.js";
import { checkDirection, checkFall, checkLargest, checkQuote, checkRange, checkRate } from "./checkProse.js";
import { checkRuns } from "./checkRuns.js";
import { checkTogether } from "./checkTogether.js";
import { checkWhole } from "./checkWhole.js";
import { type PublishedTable, publishedTable } from "./publishedTable.js";
import { togetherFits } from "./togetherFits.js";

function check(table: PublishedTable, relation: PublishedRelation, denominators: DenominatorsOfCell): AuditFinding[] {
  switch (relation.kind) {
    case "parts":
      return checkParts(table, relation);
    case "whole":
      return checkWhole(table, relation);
    case "counted":
      return checkCounted(table, relation);
    case "together":
      return checkTogether(table, relation);
    case "average":
      return checkAverages(table, relation, denominators);
    case "effects":
      return [...checkEffects(table, relation), ...checkMultiplicity(table, relation)];
    case "effectsOfRates":
      return checkEffectsOfRates(table, relation);
    case "direction":
      return checkDirection(table, relation);
    case "fall":
      return checkFall(table, relation);
    case "range":
      return checkRange(table, relation);
    case "largest":
      return checkLargest(table, relation);
    case "quote":
      return checkQuote(table, relation);
    case "rate":
      return checkRate(table, relation);
    case "alike":
      return checkAlike(table, relation);
    case "runs":
      return checkRuns(table, relation);
    case "atMost":
      return checkAtMost(table, relation);
  }
}

/** The n that may stand behind every cell of a group, by `together` relations. */
function denominatorsOf(table: PublishedTable, relations: readonly PublishedRelation[]): DenominatorsOfCell {
  const found = new Map<string, DenominatorsOfGroup>();
  const together = relations.filter((relation): relation is RelationOf<"together"> => relation.kind === "together");
  for (const fit of together.flatMap((relation) => togetherFits(table, relation))) {
    for (const { id } of fit.shares) found.set(id, fit);
  }
  return found;
}

/**
 * Reads published numbers as a careful reader would: do they agree with what the publication says of them? The checks know kinds of
 * relations (`PublishedRelation`), not the publication. Nothing here is an accusation: a contradiction may come from the copy at hand.
 */
export function audit(numbers: readonly PublishedNumber[], relations: readonly PublishedRelation[]): AuditFinding[] {
  const table = publishedTable(numbers);
  const denominators = denominatorsOf(table, relations);
  return [...relations.flatMap((relation) => check(table, relation, denominators)), ...checkGaps(numbers)];
}
