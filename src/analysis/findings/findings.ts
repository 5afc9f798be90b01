import type { MethodTraits } from "../../record/schema/methodTraits.js";
import type { ResultRow } from "../../record/schema/resultRow.js";
import { memory } from "../memory.js";
import { type StudyView, studyView } from "../studyView.js";
import { findingClaims } from "./claims.js";
import { commercialNoBetter } from "./commercialNoBetter.js";
import type { FindingNumber, FindingOutcome, RuleOutcome } from "./findingOutcome.js";
import { functionIsLost } from "./functionIsLost.js";
import { givenUpCode } from "./givenUpCode.js";
import { judgesOverReport } from "./judgesOverReport.js";
import { littleTogether } from "./littleTogether.js";
import { notMonotonic } from "./notMonotonic.js";
import { scannersDisagree } from "./scannersDisagree.js";
import { securityCostsFunction } from "./securityCostsFunction.js";
import { strengthsDiffer } from "./strengthsDiffer.js";

/** What the rules are applied to. */
interface Evidence {
  readonly rows: readonly ResultRow[];
  readonly view: StudyView;
  readonly traits: Readonly<Record<string, MethodTraits>>;
}

const rules: Readonly<Record<FindingNumber, (evidence: Evidence) => RuleOutcome>> = {
  1: ({ view }) => scannersDisagree(view),
  2: ({ view }) => strengthsDiffer(view),
  3: ({ rows, view }) => judgesOverReport(rows, view),
  4: ({ view }) => securityCostsFunction(view),
  5: ({ view }) => littleTogether(view),
  6: ({ view, traits }) => commercialNoBetter(view, traits),
  7: ({ rows, view }) => functionIsLost(rows, view),
  8: ({ rows, view }) => givenUpCode(rows, view),
  9: ({ rows, view }) => notMonotonic(rows, view),
};

/**
 * Whether each of the study's nine findings holds for a run, by rules fixed before any run. A cell is a method that is not the
 * baseline on one data set, prompt and model; its Δ is method − base, paired by task, with a 95 % bootstrap interval; it is up or down where
 * the interval excludes 0 and Holm's p is below .05 over the finding's tests. Fewer than 20 units are undecided, and so is an
 * interval on both sides of its bound.
 *
 * @param traits of methods beside the paper's: what they need of a model tells which models are open (finding 6)
 * @throws InputError for no rows.
 * @example tableFindings(findings(rows), [1, 2, 3])
 */
export function findings(
  rows: readonly ResultRow[],
  traits: Readonly<Record<string, MethodTraits>> = {},
): FindingOutcome[] {
  const view = studyView(rows);
  return outcomesOf(view, JSON.stringify(traits), () =>
    ([1, 2, 3, 4, 5, 6, 7, 8, 9] as const).map((finding): FindingOutcome => ({
      finding,
      ...findingClaims[finding],
      ...rules[finding]({ rows, view, traits }),
    })),
  );
}

const outcomesOf = memory<FindingOutcome[]>();
