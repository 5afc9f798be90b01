import { fewestUnits, type FindingStatus } from "./findingOutcome.js";

/** How many things meet a condition, do not, and may or may not. */
export interface Votes {
  readonly yes: number;
  readonly no: number;
  readonly open: number;
}

/** Whether at least `share` of them meet the condition, however the open ones turn out; undecided for none at all. */
export function atLeast(share: number, { yes, no, open }: Votes): FindingStatus {
  const total = yes + no + open;
  if (total === 0) return "undecided";
  if (yes >= share * total) return "reproduced";
  return yes + open < share * total ? "contradicted" : "undecided";
}

/** Whether at most `share` of them meet the condition, however the open ones turn out; undecided for none at all. */
export function atMost(share: number, { yes, no, open }: Votes): FindingStatus {
  const total = yes + no + open;
  if (total === 0) return "undecided";
  if (yes + open <= share * total) return "reproduced";
  return yes > share * total ? "contradicted" : "undecided";
}

/** Whether a quantity lies above a bound: its whole interval above it, the whole of it at most there, or neither. Fewer than 20 units decide nothing. */
export function above(bound: number, [low, high]: readonly [number, number], units: number): FindingStatus {
  if (units < fewestUnits) return "undecided";
  return low > bound ? "reproduced" : high <= bound ? "contradicted" : "undecided";
}

/** What holds for all: one contradiction contradicts, otherwise one that is open leaves it open, or untestable. */
export function every(statuses: readonly FindingStatus[]): FindingStatus {
  const order: readonly FindingStatus[] = ["contradicted", "notTestable", "undecided"];
  return order.find((status) => statuses.includes(status)) ?? (statuses.length === 0 ? "undecided" : "reproduced");
}
