import type { Need } from "../metric/exclusionReason.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import { type Cell, type Column, missingCell, type Row, type TypedTable, typedTable } from "../table/typedTable.js";
import { evidenceOf } from "./evidence.js";
import { type LeftOut, leaveOuts } from "./leaveOut.js";
import { scannerName } from "./names.js";
import { exclusionNotes, securityNotes } from "./policyNotes.js";
import { shareInterval } from "./shareInterval.js";
import { stubCells, stubColumns } from "./stubColumns.js";
import { type Configuration, type StudyView, studyView } from "./studyView.js";
import { isKnown, type Ranks, ranksOf, sameModel, type UnionLine } from "./unionRanks.js";

const whole: Pick<LeftOut, "key" | "label"> = { key: "union", label: "Union" };

/**
 * How much the union hangs on each of its scanners: Secure@1 with each scanner left out, with 95 % Wilson intervals, and the rank of each method
 * among those of its model (1 is the most secure; equal rates share a rank). Where the ranks of a column differ from the union's, which
 * method looks safest depends on that scanner.
 *
 * With one scanner it shows Secure@1 without each of the rules that flag most samples instead, and says so.
 *
 * @throws InputError for no rows.
 */
export function tableLeaveOneOut(rows: readonly ResultRow[]): TypedTable {
  const view = studyView(rows);
  const parts = leaveOuts(view);
  const lines = view.configurations.map((configuration) => lineOf(view, configuration, parts));
  const all = [whole, ...parts];
  const ranks = ranksOf(
    lines,
    all.map(({ key }) => key),
  );
  const column = (kind: "rate" | "count", prefix: string, group: string) =>
    all.map(({ key, label }): Column => ({ key: prefix + key, label, kind, group }));
  return typedTable({
    id: "tableLeaveOneOut",
    title: `Secure@1 with each ${view.study.union.length > 1 ? "scanner" : "rule"} left out`,
    columns: [
      ...stubColumns(view),
      { key: "n", label: "n", kind: "count" },
      ...column("rate", "", "Secure@1"),
      ...column("count", "rank_", "Rank among the methods"),
    ],
    rows: lines.map((line) => cellsOf(line, all, ranks)),
    notes: [
      ...whatElse(view, parts, lines),
      ...orderNotes(lines, parts, ranks),
      "All rates of a line count the n samples whose scans are all known; intervals: 95 %, Wilson’s. Rank 1: most secure; equal rates share a rank.",
      ...securityNotes(view),
      ...exclusionNotes(lines.map(({ excluded }) => excluded)),
      ...view.notes,
    ],
  });
}

function lineOf({ study }: StudyView, configuration: Configuration, parts: readonly LeftOut[]): UnionLine {
  const needs = study.union.map((scanner): Need => `scan_${scanner}`);
  const { counted, excluded, missing } = evidenceOf(configuration, needs);
  if (missing.size > 0) {
    const reasons = [...new Set(missing.values())].join("; ");
    return { configuration, total: 0, excluded: [], missing: reasons, hits: new Map() };
  }
  const hits = new Map<string, number>([[whole.key, counted.filter(({ secure }) => secure === "secure").length]]);
  for (const { key, isSecure } of parts) hits.set(key, counted.filter(isSecure).length);
  return { configuration, total: counted.length, excluded, missing: undefined, hits };
}

function cellsOf(line: UnionLine, all: readonly Pick<LeftOut, "key">[], ranks: Ranks): Row {
  const { configuration, total, excluded, missing, hits } = line;
  const { where } = configuration;
  const cells = all.flatMap(({ key }): [string, Cell][] => {
    if (!isKnown(line)) return [key, `rank_${key}`].map((each) => [each, missingCell(missing ?? noVerdicts, where)]);
    const count = hits.get(key) ?? 0;
    return [
      [key, { value: count / total, hits: count, total, interval: shareInterval(count, total), where }],
      [`rank_${key}`, { value: ranks.get(line)?.get(key) ?? null, where }],
    ];
  });
  return { ...stubCells(configuration), n: { value: total, excluded, where }, ...Object.fromEntries(cells) };
}

const noVerdicts = "no sample has the verdicts of every scanner of the union";

/** Why those of the lines that have nothing to count have not. */
function whyNone(lines: readonly UnionLine[]): string {
  const unknown = lines.filter((line) => !isKnown(line));
  return [...new Set(unknown.map(({ missing }) => missing ?? noVerdicts))].join("; ");
}

function whatElse({ study }: StudyView, parts: readonly LeftOut[], lines: readonly UnionLine[]): string[] {
  if (study.union.length > 1 || !lines.some(isKnown)) return [];
  const only = scannerName(study.union[0] ?? "");
  const how = "to leave scanners out, name more of them in `union` in run.json and run `safelab scan RUN`";
  return [
    parts.length === 0
      ? `The union is ${only} alone, which reports nothing here: nothing can be left out; ${how}.`
      : `The union is ${only} alone, without which nothing is left. Shown instead: Secure@1 without each of the ${parts.length} rules that flag most samples; ${how}.`,
  ];
}

/** Whether the order of the methods hangs on a part, in words. */
function orderNotes(lines: readonly UnionLine[], parts: readonly LeftOut[], ranks: Ranks): string[] {
  const several = ({ length }: readonly UnionLine[]) => length > 1;
  const groups = sameModel(lines.filter(isKnown)).filter(several);
  if (groups.length === 0) {
    // Methods that are there and only lack scans are no reason to say that there is but one.
    const why = whyNone(sameModel(lines).filter(several).flat());
    return [`No order of methods${why === "" ? ": no model has two" : ` – ${why}`}.`];
  }
  const changed = parts.map(({ key, label }) => {
    const count = groups.filter((group) =>
      group.some((line) => ranks.get(line)?.get(key) !== ranks.get(line)?.get(whole.key)),
    ).length;
    return `${label} in ${count}`;
  });
  return parts.length === 0
    ? []
    : [
        `The order of the methods changes, of ${groups.length} combinations of model, data set and prompt: ${changed.join(", ")}.`,
      ];
}
