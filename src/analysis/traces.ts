import type { ResultRow } from "../record/schema/resultRow.js";

/** The round after which a loop stopped: 0 where the first generation was the last; `undefined` without a loop. */
export function lastRound(trace: ResultRow["trace"]): number | undefined {
  return trace?.verdicts === undefined ? undefined : Math.max(0, trace.verdicts.length - 1);
}

/** Whether constraints applied to a sample's task; `undefined` where its method records none. */
export function constraintsOf(trace: ResultRow["trace"]): "applied" | "none" | undefined {
  if (trace?.constraints === undefined) return undefined;
  return trace.constraints.applied > 0 ? "applied" : "none";
}
