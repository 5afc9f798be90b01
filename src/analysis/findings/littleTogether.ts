import { whyNoComparison } from "../comparisons.js";
import { safeMeasure, securePassMeasure } from "../measure.js";
import type { StudyView } from "../studyView.js";
import { type CellEffects, cellEffects, effectEvidence } from "./cellEffects.js";
import { notTestable, type RuleOutcome } from "./findingOutcome.js";
import { atMost } from "./shareRule.js";

/** The measures of security and function together. */
export const jointMeasures = [securePassMeasure, safeMeasure] as const;

/** Whether a cell is up on either of them; `open` where too few pairs say. */
export function isUp({ direction }: CellEffects): "yes" | "no" | "open" {
  const ways = jointMeasures.map(direction);
  return ways.includes("up") ? "yes" : ways.includes("undecided") ? "open" : "no";
}

/** Finding 5: at most a quarter of the cells have Secure-Pass@1 or SAFE@1 up. */
export function littleTogether(view: StudyView): RuleOutcome {
  const cells = cellEffects(view, jointMeasures);
  if (cells.length === 0) return notTestable(whyNoComparison(view));
  const known = cells.filter(({ missing }) => missing === undefined);
  if (known.length === 0) return notTestable(cells[0]?.missing ?? "");
  const votes = cells.map(isUp);
  const count = (vote: string) => votes.filter((each) => each === vote).length;
  const [yes, no, open] = [count("yes"), count("no"), count("open")];
  return {
    status: atMost(0.25, { yes, no, open }),
    because: `${yes} of ${cells.length} cells have Secure-Pass@1 or SAFE@1 up (${open} undecided).`,
    evidence: effectEvidence(view, cells),
  };
}
