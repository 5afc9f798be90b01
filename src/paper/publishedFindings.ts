import { findingClaims } from "../analysis/findings/claims.js";
import {
  type FindingNumber,
  type FindingOutcome,
  notTestable,
  type RuleOutcome,
} from "../analysis/findings/findingOutcome.js";
import { givenUpRule } from "../analysis/findings/givenUpCode.js";
import { judgeRule } from "../analysis/findings/judgesOverReport.js";
import { atLeast } from "../analysis/findings/shareRule.js";
import type { PublishedNumber } from "../record/schema/publishedNumber.js";
import type { PublishedRelation, RelationOf } from "../record/schema/publishedRelation.js";
import { publishedEffects } from "./publishedEffects.js";
import { publishedMatrices } from "./publishedMatrices.js";
import { groupsBy, isValued, type PublishedTable, publishedTable, rowName } from "./publishedTable.js";

/** The scanners among the instruments of Table 3; the others are judges. */
const scanners = ["CodeQL", "Bearer", "Bandit"];
const asLabelled = ["Removed Code", "Junk Code", "NFI"];

/**
 * What can be decided of the nine findings from the numbers that the publication prints, by the rules for a run. The tables
 * print rates of models without weights, sizes of effects without their signs, and transitions without gains or a noise floor, so most findings
 * stay open: not because the paper is wrong, but because a reader cannot tell from the print.
 */
export function publishedFindings(
  numbers: readonly PublishedNumber[],
  relations: readonly PublishedRelation[],
): FindingOutcome[] {
  const table = publishedTable(numbers);
  const planned = plannedOf(relations);
  const effects = publishedEffects(table, relations);
  const outcomes: Readonly<Record<FindingNumber, RuleOutcome>> = {
    1: scannersOf(table, planned),
    2: notTestable("what each scanner reports by CWE stands only in a chart (Figure 5)"),
    3: judgesOf(table),
    4: notTestable(
      "the union’s Secure@1 under the methods is not printed; by scanner it stands in charts (Figures 3 and 4)",
    ),
    5: effects.together,
    6: effects.commercial,
    7: notTestable("Table 6 prints the losses of functional samples, neither gains nor a repeat of the base model"),
    8: labelsOf(table),
    9: monotonicOf(table),
  };
  return ([1, 2, 3, 4, 5, 6, 7, 8, 9] as const).map((finding) => ({
    finding,
    ...findingClaims[finding],
    ...outcomes[finding],
  }));
}

/** Configurations that were run, on each of two data sets. */
function plannedOf(relations: readonly PublishedRelation[]): number {
  const runs = relations.find((relation): relation is RelationOf<"runs"> => relation.kind === "runs");
  return 2 * Object.values(runs?.models ?? {}).flat().length;
}

function scannersOf({ numbers }: PublishedTable, planned: number): RuleOutcome {
  const isRate = ({ quantity }: PublishedNumber) => new RegExp(`Secure@1 (${scanners.join("|")})\\b`).test(quantity);
  const groups = groupsBy(numbers.filter(isValued).filter(isRate), "dataset", "model", "method").filter(
    (rates) => rates.length > 1,
  );
  const evidence = groups.map((rates) => {
    const values = rates.map(({ value }) => value);
    const apart = Math.max(...values) - Math.min(...values);
    const [first] = rates;
    return {
      of: first === undefined ? "" : rowName(first),
      measure: "Secure@1, largest − smallest of the scanners",
      difference: { value: apart, where: {} },
      reading: apart >= 0.05 - 1e-9 ? "differs" : "alike",
    };
  });
  const yes = evidence.filter(({ reading }) => reading === "differs").length;
  return {
    status: atLeast(0.5, { yes, no: groups.length - yes, open: Math.max(0, planned - groups.length) }),
    because: `Of ${planned} configurations ${groups.length} are printed, ${yes} of them with scanners that differ by ≥ .05; the others stand in charts.`,
    evidence,
  };
}

function judgesOf(table: PublishedTable): RuleOutcome {
  const judges = publishedMatrices(table).filter(({ instrument }) => !scanners.includes(instrument));
  if (judges.length === 0) return notTestable("no counts of judges are printed");
  return judgeRule(judges.map(({ instrument, ...scores }) => ({ name: instrument, ...scores })));
}

function labelsOf(table: PublishedTable): RuleOutcome {
  const rows = groupsBy(table.at("Table 7").filter(isValued), "dataset", "model", "method").map((row) => {
    const total = row.find(({ quantity }) => quantity === "cases")?.value ?? 0;
    const shares = row.filter(({ quantity }) => asLabelled.includes(quantity));
    return { total, hits: shares.reduce((sum, { value }) => sum + Math.round(value * total), 0) };
  });
  const sum = (key: "hits" | "total") => rows.reduce((all, row) => all + row[key], 0);
  if (sum("total") === 0) return notTestable("no counts of labels are printed");
  return givenUpRule(sum("hits"), sum("total"), { where: {} });
}

function monotonicOf(table: PublishedTable): RuleOutcome {
  const rates = table
    .at("Table 6")
    .filter(isValued)
    .filter(({ quantity, method }) => quantity === "secure → insecure" && method !== "");
  if (rates.length === 0) return notTestable("no rates of secure code that became insecure are printed");
  const some = rates.filter(({ value }) => value > 0);
  return {
    status: some.length > 0 ? "reproduced" : "contradicted",
    because: `${some.length} of ${rates.length} printed rates are above 0; strong or not: no repeat of the base model is printed.`,
    evidence: rates.map((rate) => ({
      of: rowName(rate),
      measure: rate.quantity,
      share: { value: rate.value, where: {} },
      reading: rate.value > 0 ? "some" : "none",
    })),
  };
}
