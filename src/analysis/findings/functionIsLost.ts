import { exclusionReason } from "../../metric/exclusionReason.js";
import { type PairColumn, pairColumns, pairRows, type RowPair } from "../../metric/pairRows.js";
import type { ResultRow } from "../../record/schema/resultRow.js";
import { holm } from "../../stat/holm.js";
import { mcnemarExact } from "../../stat/mcnemarExact.js";
import { comparisons, whyNoComparison } from "../comparisons.js";
import { evidenceOf } from "../evidence.js";
import { methodName } from "../names.js";
import { howToRepeat, repeatViews, sameIn } from "../repeatViews.js";
import { shareInterval } from "../shareInterval.js";
import type { StudyView } from "../studyView.js";
import {
  fewestUnits,
  type FindingEvidence,
  type FindingStatus,
  notTestable,
  type RuleOutcome,
} from "./findingOutcome.js";
import { above, every } from "./shareRule.js";

/** Of pairs: functional before; functional before and not after; the other way round. */
interface Turnover {
  readonly functional: number;
  readonly lost: number;
  readonly gained: number;
}

/**
 * Finding 7: under each method more samples lose their function than gain it, and more lose it than the baseline's own samples do from one
 * repeat to another (the noise floor's rate). A method's models, data sets and prompts are pooled.
 */
export function functionIsLost(rows: readonly ResultRow[], view: StudyView): RuleOutcome {
  const compared = comparisons(view);
  if (compared.length === 0) return notTestable(whyNoComparison(view));
  const methods = [...new Set(compared.map(({ other }) => other.method))].flatMap((method) => {
    const own = compared.filter(({ other }) => other.method === method);
    const turnover = turnoverOf(own.flatMap(({ base, other }) => pairRows(base.rows, other.rows).pairs));
    return turnover.known === 0 ? [] : [{ method, ...turnover }];
  });
  if (methods.length === 0) {
    const sides = compared.flatMap(({ base, other }) => [base, other]);
    const missing = sides.flatMap((side) => [...evidenceOf(side, ["execution"]).missing.values()])[0];
    return notTestable(missing ?? "no sample has an execution on both sides: run `safelab execute RUN`");
  }
  const floor = floorOf(rows, view);
  const adjusted = holm(methods.map(({ lost, gained }) => mcnemarExact(lost, gained).p));
  const lines = methods.map((each, i) => ({ ...each, ...judge(each, adjusted[i] ?? 1, floor), p: adjusted[i] ?? 1 }));
  const status = every(lines.map((line) => line.status));
  const none = `no noise floor: ${howToRepeat(view)}`;
  const exceed = lines.filter(({ exceeds }) => exceeds === "reproduced").length;
  return {
    status,
    because: `Losses exceed gains under ${exceed} of ${lines.length} methods; ${
      floor === undefined
        ? "there is no noise floor to hold the loss rates against."
        : `the loss rate is above the noise floor (${floor.lost}/${floor.functional}) under ${lines.filter(({ beyond }) => beyond === "reproduced").length}.`
    }`,
    ...(status === "notTestable" ? { missing: none } : {}),
    evidence: lines.map(({ method, functional, lost, gained, p, exceeds, beyond }): FindingEvidence => ({
      of: methodName(method),
      measure: `functional → non-functional (${lost} lost, ${gained} gained)`,
      n: functional,
      ...(functional === 0 ? {} : { share: shareCell(lost, functional, { method, against: view.baseline }) }),
      p,
      reading: `losses exceed gains: ${words(exceeds)}; above the noise floor: ${words(beyond)}`,
    })),
  };
}

function judge({ functional, lost, gained }: Turnover, p: number, floor: Turnover | undefined) {
  const exceeds: FindingStatus =
    functional < fewestUnits ? "undecided" : lost <= gained ? "contradicted" : p < 0.05 ? "reproduced" : "undecided";
  const beyond: FindingStatus =
    floor === undefined || floor.functional === 0
      ? "notTestable"
      : functional === 0
        ? "undecided"
        : above(floor.lost / floor.functional, shareInterval(lost, functional), functional);
  return { exceeds, beyond, status: every([exceeds, beyond]) };
}

function words(status: FindingStatus): string {
  return { reproduced: "yes", contradicted: "no", undecided: "undecided", notTestable: "not known" }[status];
}

function shareCell(hits: number, total: number, where: Readonly<Record<string, string>>) {
  return { value: hits / total, hits, total, interval: shareInterval(hits, total), where };
}

function turnoverOf(pairs: readonly RowPair<ResultRow>[]): Turnover & { readonly known: number } {
  const known = pairs.filter(({ base, other }) =>
    [base, other].every((row) => exclusionReason(row, ["execution"]) === undefined),
  );
  const count = (before: boolean, after: boolean) =>
    known.filter(({ base, other }) => (base.taskPass === true) === before && (other.taskPass === true) === after)
      .length;
  const [kept, lost] = [count(true, true), count(true, false)];
  return { functional: kept + lost, lost, gained: count(false, true), known: known.length };
}

/** The baseline of the first repeat against each later one; `undefined` in a run with one repeat. */
function floorOf(rows: readonly ResultRow[], { baseline }: StudyView): Turnover | undefined {
  const [first, ...later] = repeatViews(rows, baseline);
  const columns: PairColumn[] = pairColumns.filter((column) => column !== "repeat");
  const bases = first?.configurations.filter(({ method }) => method === baseline) ?? [];
  const pairs = bases.flatMap((base) =>
    later.flatMap((view) => pairRows(base.rows, sameIn(view, base)?.rows ?? [], columns).pairs),
  );
  return pairs.length === 0 ? undefined : turnoverOf(pairs);
}
