import type { PublishedNumber } from "../record/schema/publishedNumber.js";
import type { PublishedRelation, RelationOf } from "../record/schema/publishedRelation.js";
import { checkCounted } from "./checkCounted.js";
import { isValued, type PublishedTable, publishedTable } from "./publishedTable.js";
import { togetherFits } from "./togetherFits.js";

/** A number that the publication does not print but that follows from those it prints. */
export interface DerivedNumber {
  readonly id: string;
  readonly dataset: string;
  readonly model: string;
  readonly quantity: string;
  readonly value: number;
  readonly unit: "count" | "share";
  /** How it follows. */
  readonly from: string;
  /** What must be true for it to follow and cannot be read off; empty where nothing is assumed. */
  readonly assumes: string;
}

const states = {
  insecureFunctional: "insecure+functional",
  secureFunctional: "secure+functional",
  secure: "secure",
} as const;

/** The state that a transition starts from: `secure+functional → insecure+functional` starts at `secure+functional`. */
function startOf(quantity: string): string {
  return quantity.split(" → ")[0] ?? quantity;
}

/**
 * How many of the base model's samples stand in each state, from the denominators of the transitions, and the rates that follow: task-level
 * Pass@1, Secure-Pass@1 and the union's Secure@1 of the base model.
 */
export function derivedNumbers(
  numbers: readonly PublishedNumber[],
  relations: readonly PublishedRelation[],
): DerivedNumber[] {
  const table = publishedTable(numbers);
  const counts = new Map<string, { dataset: string; model: string; n: number; states: Map<string, number> }>();
  const together = relations.filter((relation): relation is RelationOf<"together"> => relation.kind === "together");
  for (const relation of together) {
    for (const { shares, settled, found } of togetherFits(table, relation)) {
      const [first] = shares;
      const n = first === undefined ? undefined : table.byId(relation.most[first.dataset] ?? "");
      if (!settled || first === undefined || n === undefined || !isValued(n)) continue;
      const key = JSON.stringify([first.dataset, first.model]);
      const entry = counts.get(key) ?? {
        dataset: first.dataset,
        model: first.model,
        n: n.value,
        states: new Map<string, number>(),
      };
      entry.states.set(startOf(first.quantity), found.n);
      counts.set(key, entry);
    }
  }
  return [...counts.values()].flatMap(({ dataset, model, n, states: known }) => {
    const derived: DerivedNumber[] = [];
    const add = (quantity: string, value: number, unit: "count" | "share", from: string, assumes = ""): void => {
      const id = ["derived", dataset, model, quantity].join("/").toLowerCase().replaceAll(" ", "-");
      derived.push({ id, dataset, model, quantity, value: Number(value.toFixed(4)), unit, from, assumes });
    };
    for (const [state, count] of known)
      add(`${state} base samples`, count, "count", "denominator of the transitions from this state");
    const [working, secureWorking] = [known.get(states.insecureFunctional), known.get(states.secureFunctional)];
    if (working !== undefined && secureWorking !== undefined) {
      add("Pass@1 task", (working + secureWorking) / n, "share", `(${working} + ${secureWorking}) of ${n}`);
    }
    if (secureWorking !== undefined) add("Secure-Pass@1", secureWorking / n, "share", `${secureWorking} of ${n}`);
    const secure = known.get(states.secure);
    if (secure !== undefined)
      add("Secure@1 union", secure / n, "share", `${secure} of ${n}`, assumed(table, relations, dataset, n));
    return derived;
  });
}

/** Security may have been counted on other samples than function: then the n of a security rate is an assumption. */
function assumed(table: PublishedTable, relations: readonly PublishedRelation[], dataset: string, n: number): string {
  const counted = relations.filter(
    (relation): relation is RelationOf<"counted"> =>
      relation.kind === "counted" &&
      relation.dataset === dataset &&
      relation.quantities.every((quantity) => quantity.startsWith("Secure@1")),
  );
  const doubts = counted
    .flatMap((relation) => checkCounted(table, relation))
    .filter(({ verdict }) => verdict === "contradicts");
  return doubts.map(({ place, says }) => `n = ${n} as stated, although in ${place} ${says}`).join("; ");
}
