import type { EffectLine } from "./effectLines.js";

/** Which way a method moves a measure, as far as the data can tell. */
export type Direction = "up" | "down" | "no change" | "undecided";

/** Fewer pairs than this decide nothing. */
const least = 20;

/**
 * The direction of an effect: up or down where the 95 % interval leaves out 0 and the Holm-adjusted p (McNemar's, for means of scores the
 * t test's) is below .05; undecided below 20 pairs or without a comparison.
 */
export function directionOf({ effect, tAdjusted, mcnemarAdjusted }: Omit<EffectLine, "comparison">): Direction {
  if ("missing" in effect || effect.n < least) return "undecided";
  // Without a t test neither side varies: means that differ then differ for certain.
  const p = (effect.measure.binary ? mcnemarAdjusted : tAdjusted) ?? (effect.difference === 0 ? 1 : 0);
  const [low, high] = effect.interval;
  if (p >= 0.05 || (low <= 0 && high >= 0)) return "no change";
  return effect.difference > 0 ? "up" : "down";
}
