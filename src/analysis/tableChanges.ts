import { cweFamilyName } from "../metric/cweFamily.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import { holm } from "../stat/holm.js";
import {
  type Cell,
  missingCell,
  numberCell,
  type Row,
  textCell,
  type TypedTable,
  typedTable,
} from "../table/typedTable.js";
import { type ComparisonChanges, comparisonChanges } from "./comparisonChanges.js";
import { comparisons, unpairedNotes, whyNoComparison } from "./comparisons.js";
import type { FindingChange, Reported } from "./findingChanges.js";
import { seenBy } from "./findingsAsked.js";
import { methodName, scannerName } from "./names.js";
import { exclusionNotes } from "./policyNotes.js";
import { stubCells, stubColumns } from "./stubColumns.js";
import { type StudyView, studyView } from "./studyView.js";
import { unseenNotes } from "./unseenNotes.js";

/** What the table of changes can be asked. */
export interface ChangeOptions {
  /** The method to compare with, where it is not the study's own. */
  readonly baseline?: string;
  /** How many families and how many rules of each comparison are shown; the five that moved most unless told. */
  readonly most?: number;
}

/**
 * Which weaknesses and which rules each method removes, and which it introduces: numbers of samples on which they are reported under the
 * baseline and under the method, for the same tasks, with the exact McNemar test of removed against introduced. Families of CWEs count
 * whichever scanner reports them; a rule is one scanner's.
 *
 * A finding also goes where the code no longer parses; those samples are counted by themselves, since nothing can be reported on them.
 *
 * @throws InputError for no rows.
 * @example tableChanges(rows, { most: 20 })
 */
export function tableChanges(rows: readonly ResultRow[], options: ChangeOptions = {}): TypedTable {
  const { most = 5 } = options;
  const view = studyView(rows, options.baseline);
  const compared = comparisons(view).map((comparison) => comparisonChanges(view, comparison));
  const changes = compared.flatMap((each) => each.changes);
  const adjusted = new Map(holm(changes.map(({ p }) => p)).map((p, at) => [changes[at] as FindingChange, p] as const));
  const lines = compared.map((each) => linesOf(view, each, adjusted, most));
  const shown = lines.flat().filter((line) => line["p"]?.value !== null).length;
  const base = methodName(view.baseline);
  return typedTable({
    id: "tableChanges",
    title: `What each method removes and introduces against ${base}`,
    columns: [
      ...stubColumns(view),
      { key: "by", label: "By", kind: "text" },
      { key: "reported", label: "Reported", kind: "text" },
      { key: "n", label: "Pairs", kind: "count" },
      { key: "before", label: base, kind: "count", group: "Samples" },
      { key: "after", label: "Method", kind: "count", group: "Samples" },
      { key: "removed", label: "Removed", kind: "count", group: "Samples" },
      { key: "silenced", label: "Of these unparsed", kind: "count", group: "Samples" },
      { key: "introduced", label: "Introduced", kind: "count", group: "Samples" },
      { key: "p", label: "p", kind: "p", group: "McNemar" },
      { key: "holm", label: "Holm", kind: "p", group: "McNemar" },
    ],
    rows: lines.flat(),
    notes:
      compared.length === 0
        ? [`Nothing to compare: ${whyNoComparison(view)}.`, ...view.notes]
        : [
            ...unpairedNotes(view),
            `Samples with at least one such finding. Removed: under ${base} and no longer; of these unparsed: who reported it can no longer parse the code, and so reports nothing. Introduced: under the method alone.`,
            `Families join CWEs that tools name differently, whichever scanner reports them. McNemar: exact, removed against introduced; Holm: adjusted over all ${changes.length} tests${shown < changes.length ? `, of which the ${shown} that moved most are shown (up to ${most} families and ${most} rules a method)` : ""}.`,
            ...unseenNotes(view, compared),
            ...exclusionNotes(
              compared.map(({ excluded }) => excluded),
              "pairs",
            ),
            ...view.notes,
          ],
  });
}

function linesOf(
  { baseline }: StudyView,
  { comparison: { base, other }, pairs, excluded, missing, seen, changes }: ComparisonChanges,
  adjusted: ReadonlyMap<FindingChange, number>,
  most: number,
): Row[] {
  // The samples of the pairs that count, on either side.
  const among: Cell["where"] = missing === undefined ? { seenBy: seenBy(seen) } : {};
  const where = { ...other.where, against: baseline, ...among };
  const before = { ...base.where, against: other.method, ...among };
  const names = stubCells(other);
  const n: Cell = missing === undefined ? { value: pairs, excluded, where } : missingCell(missing, where);
  const shown = (["family", "rule"] as const).flatMap((kind) =>
    changes.filter(({ of }) => of.kind === kind).slice(0, most),
  );
  if (shown.length === 0) {
    const none = missingCell(missing ?? "no scanner reports anything on either side", where);
    const keys = ["before", "after", "removed", "silenced", "introduced", "p", "holm"];
    return [
      {
        ...names,
        by: textCell("", where),
        reported: textCell("nothing", where),
        n,
        ...Object.fromEntries(keys.map((key) => [key, none])),
      },
    ];
  }
  return shown.map((change): Row => {
    const selected = { ...where, ...whereOf(change.of) };
    return {
      ...names,
      by: textCell(change.of.kind === "family" ? "CWE family" : "Rule", where),
      reported: textCell(reportedName(change.of), selected),
      n,
      before: numberCell(change.before, { ...before, ...whereOf(change.of) }),
      after: numberCell(change.after, selected),
      removed: numberCell(change.removed, { ...selected, change: "removed" }),
      silenced: numberCell(change.silenced, { ...selected, change: "silenced" }),
      introduced: numberCell(change.introduced, { ...selected, change: "introduced" }),
      p: numberCell(change.p, selected),
      holm: numberCell(adjusted.get(change) ?? 1, selected),
    };
  });
}

function reportedName(of: Reported): string {
  return of.kind === "family" ? cweFamilyName(of.family) : `${scannerName(of.scanner)} ${of.rule}`;
}

function whereOf(of: Reported): Cell["where"] {
  return of.kind === "family" ? { family: of.family } : { scanner: of.scanner, rule: of.rule };
}
