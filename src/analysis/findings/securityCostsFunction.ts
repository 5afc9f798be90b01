import { whyNoComparison } from "../comparisons.js";
import { casePassMeasure, secureMeasure, taskPassMeasure } from "../measure.js";
import type { StudyView } from "../studyView.js";
import { type CellEffects, cellEffects, effectEvidence } from "./cellEffects.js";
import { notTestable, type RuleOutcome } from "./findingOutcome.js";
import { atLeast } from "./shareRule.js";

const measures = [secureMeasure, casePassMeasure, taskPassMeasure];

/** Finding 4: of the cells whose union Secure@1 is up, at least half have Pass@1 by case or by task down. */
export function securityCostsFunction(view: StudyView): RuleOutcome {
  const cells = cellEffects(view, measures);
  if (cells.length === 0) return notTestable(whyNoComparison(view));
  const known = cells.filter(({ missing }) => missing === undefined);
  if (known.length === 0) return notTestable(cells[0]?.missing ?? "");
  const votes = cells.map(voteOf);
  const count = (vote: string) => votes.filter((each) => each === vote).length;
  const [yes, no, open] = [count("yes"), count("no"), count("open")];
  const none = yes + no === 0 ? " Where no cell is up, nothing can be paid for." : "";
  return {
    status: yes + no === 0 ? "undecided" : atLeast(0.5, { yes, no, open }),
    because: `${yes} of ${yes + no} cells with Secure@1 up have Pass@1 down, of ${cells.length} cells (${open} undecided).${none}`,
    evidence: effectEvidence(view, cells),
  };
}

function voteOf({ direction }: CellEffects): "yes" | "no" | "open" | "outside" {
  const secure = direction(secureMeasure);
  const function_ = [direction(casePassMeasure), direction(taskPassMeasure)];
  if (secure === "undecided") return "open";
  if (secure !== "up") return "outside";
  if (function_.includes("down")) return "yes";
  return function_.includes("undecided") ? "open" : "no";
}
