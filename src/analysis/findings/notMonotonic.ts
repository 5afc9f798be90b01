import type { ResultRow } from "../../record/schema/resultRow.js";
import type { Cell } from "../../table/typedTable.js";
import { whyNoComparison } from "../comparisons.js";
import { methodName } from "../names.js";
import { noiseFloors } from "../noiseFloors.js";
import { howToRepeat } from "../repeatViews.js";
import { shareInterval } from "../shareInterval.js";
import type { StudyView } from "../studyView.js";
import { type TransitionMatrix, transitionMatrices } from "../transitionMatrices.js";
import { whyNoTransition } from "../whyNoTransition.js";
import { fewestUnits, type FindingEvidence, notTestable, type RuleOutcome } from "./findingOutcome.js";
import { above } from "./shareRule.js";

/**
 * Finding 9: at least one sample that was secure under the baseline is insecure under a method. Strong where the pooled rate's lower bound
 * is above the noise floor's rate.
 */
export function notMonotonic(rows: readonly ResultRow[], view: StudyView): RuleOutcome {
  const matrices = transitionMatrices(view);
  const [first] = matrices;
  if (first === undefined) return notTestable(whyNoComparison(view));
  const known = matrices.filter((matrix) => whyNoTransition(matrix) === undefined);
  if (known.length === 0) return notTestable(whyNoTransition(first) ?? "");
  const { hits, total } = pooled(known);
  if (total === 0) {
    return { status: "undecided", because: "No sample of the baseline is secure.", evidence: [] };
  }
  const floors = noiseFloors(rows, view).filter((matrix) => whyNoTransition(matrix) === undefined);
  const floor = pooled(floors);
  const strong = floor.total === 0 ? undefined : above(floor.hits / floor.total, shareInterval(hits, total), total);
  const strength =
    strong === undefined
      ? `strong or not: not known without a noise floor, ${howToRepeat(view)}`
      : `strong: ${strong === "reproduced" ? "yes" : strong === "contradicted" ? "no" : "undecided"} (noise floor ${floor.hits}/${floor.total})`;
  return {
    status: total < fewestUnits ? "undecided" : hits > 0 ? "reproduced" : "contradicted",
    because: `${hits} of ${total} secure samples became insecure; ${strength}.`,
    evidence: [
      ...[...new Set(known.map(({ other }) => other.method))].map((method) =>
        lineOf(methodName(method), pooled(known.filter(({ other }) => other.method === method)), {
          method,
          against: view.baseline,
        }),
      ),
      ...(floors.length === 0 ? [] : [lineOf(`${methodName(view.baseline)}, another repeat`, floor, {})]),
    ],
  };
}

function pooled(matrices: readonly TransitionMatrix[]): { readonly hits: number; readonly total: number } {
  return matrices.reduce(
    (sum, { transitions: { secureToInsecure } }) => ({
      hits: sum.hits + secureToInsecure.hits,
      total: sum.total + secureToInsecure.total,
    }),
    { hits: 0, total: 0 },
  );
}

function lineOf(of: string, { hits, total }: ReturnType<typeof pooled>, where: Cell["where"]): FindingEvidence {
  const line = { of, measure: "secure → insecure", n: total };
  if (total === 0) return { ...line, reading: "no secure sample" };
  const share = { value: hits / total, hits, total, interval: shareInterval(hits, total), where };
  return { ...line, share, reading: hits > 0 ? "some" : "none" };
}
