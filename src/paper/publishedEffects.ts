import type { FindingEvidence, RuleOutcome } from "../analysis/findings/findingOutcome.js";
import { notTestable } from "../analysis/findings/findingOutcome.js";
import { atMost } from "../analysis/findings/shareRule.js";
import type { PublishedRelation, RelationOf } from "../record/schema/publishedRelation.js";
import { holm } from "../stat/holm.js";
import { type EffectPair, effectPairs, pOfEffect } from "./checkEffects.js";
import { groupsBy, isValued, type PublishedTable, rowName, type Valued } from "./publishedTable.js";

const joint = ["Secure-Pass@1", "SAFE@1"];

/** What the printed effects say of findings 5 and 6. */
export interface PublishedEffects {
  readonly together: RuleOutcome;
  readonly commercial: RuleOutcome;
}

/**
 * Findings 5 and 6 from print. A table of effects gives |d| without the way it goes: a cell whose effect stays below .05 after Holm's adjustment
 * may be up or down. Where the rates of both sides are printed (Table 5) their difference tells, and only there.
 */
export function publishedEffects(table: PublishedTable, relations: readonly PublishedRelation[]): PublishedEffects {
  const relation = relations.find((each): each is RelationOf<"effects"> => each.kind === "effects");
  const runs = relations.find((each): each is RelationOf<"runs"> => each.kind === "runs");
  const rates = rateCells(table);
  if (relation === undefined || runs === undefined) {
    const missing = notTestable("no effects are printed");
    return { together: missing, commercial: missing };
  }
  const pairs = effectPairs(table, relation);
  const adjusted = holm(pairs.map(({ d, n }) => pOfEffect(d.value, n)));
  const isPlanned = ({ model, method }: Valued) => runs.models[model]?.includes(method) === true;
  const hasRates = ({ dataset, model }: Valued) =>
    rates.some(({ cell }) => cell.dataset === dataset && cell.model === model);
  // Where rates are printed they decide: what stands beside these models in the table of effects belongs to others.
  const known = pairs
    .map((pair, i) => ({ pair, p: adjusted[i] ?? 1 }))
    .filter(({ pair: { d } }) => isPlanned(d) && !hasRates(d));
  const cells = groupsBy(
    known.map(({ pair: { d } }) => d),
    "dataset",
    "model",
    "method",
  ).map((cell) => known.filter(({ pair }) => cell.includes(pair.d)));
  const unsigned = cells.filter((cell) => cell.some(({ p }) => p < 0.05)).length;
  const rising = rates.filter(({ up }) => up).length;
  const all = cells.length + rates.length;
  return {
    together: {
      status: atMost(0.25, { yes: 0, no: all - unsigned - rising, open: unsigned + rising }),
      because: `Of ${all} cells ${unsigned} have an effect below .05 after Holm that may go either way, since |d| is printed without its sign; of ${rates.length} with printed rates ${rising} rose.`,
      evidence: [...known.map(effectLine), ...rates.flatMap(({ lines }) => lines)],
    },
    commercial: {
      status: rising > 0 || rates.length === 0 ? "undecided" : "notTestable",
      because: `${rising} of ${rates.length} cells of models without weights rose, so ${rising === 0 ? "none is up" : "some may be up"}.`,
      ...(rising > 0 || rates.length === 0
        ? {}
        : { missing: "PromSec’s signed effects on open models, whose rates stand only in charts (Figures 7 and 8)" }),
      evidence: rates.flatMap(({ lines }) => lines),
    },
  };
}

function effectLine({ pair: { d, n }, p }: { readonly pair: EffectPair; readonly p: number }): FindingEvidence {
  const measure = `|d| of ${d.quantity.replace(/ d$/, "")}`;
  return {
    of: rowName(d),
    measure,
    n,
    difference: { value: d.value, where: {} },
    p,
    reading: p < 0.05 ? "up or down: sign not printed" : "no change",
  };
}

/** The cells whose rates are printed for both sides, with whether any of the joint measures rose. */
function rateCells(table: PublishedTable) {
  const rates = table.at("Table 5").filter(isValued);
  return groupsBy(rates, "dataset", "model").flatMap((group) =>
    groupsBy(
      group.filter(({ method }) => method !== "Base"),
      "method",
    ).flatMap((own) => {
      const [cell] = own;
      if (cell === undefined) return [];
      const changes = joint.flatMap((quantity) => {
        const after = own.find((each) => each.quantity === quantity);
        const before = group.find((each) => each.method === "Base" && each.quantity === quantity);
        return after === undefined || before === undefined ? [] : [{ quantity, change: after.value - before.value }];
      });
      const lines = changes.map(({ quantity, change }): FindingEvidence => ({
        of: rowName(cell),
        measure: quantity,
        difference: { value: change, where: {} },
        reading: change > 0 ? "rose" : "did not rise",
      }));
      return changes.length === 0 ? [] : [{ cell, up: changes.some(({ change }) => change > 0), lines }];
    }),
  );
}
