import { exclusionReason } from "../metric/exclusionReason.js";
import { cweFamily } from "../metric/cweFamily.js";
import { hitsLabel, labelOf } from "../metric/labelledCwe.js";
import { sampleState } from "../metric/transitions.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import { constraintsOf, lastRound } from "./traces.js";
import type { Where } from "../table/typedTable.js";
import { scannersSay } from "./scannersSay.js";
import { hasLabels, isAnnotatorKey, labelKeys } from "./hasLabels.js";

/** Keys of a `where` that are no columns of result rows. */
const derived = new Set([
  ...["against", "againstRepeat", "from", "to", "state", "change", "union"],
  ...["scanner", "rule", "cwe", "family", "labelled", "taskCwe"],
  ...["stop", "round", "constrainedBy", "constraints"],
  ...labelKeys,
]);

/**
 * The samples behind a cell of a table or a point of a figure.
 *
 * Columns select by equality. `state` (or `to`) selects by what a sample is, `from` by what the sample of the method `against` is for the
 * same task (of the repeat `againstRepeat` where that is another); `secure` or `insecure` alone means whatever the
 * function, `not secure+functional` any other state. `scanner`, `rule`, `cwe` and `family` select by a finding, `labelled` (`raw` or `family`)
 * by one that hits the task's labelled CWE, `taskCwe` by that CWE itself, `question` with its kin by annotators' labels (`hasLabels`).
 * `change` turns a finding into a comparison with the method `against`: `removed` where that one's sample has such a finding and this one
 * none, `introduced` the other way round. Samples whose state cannot be told are left out where a state is asked for. `stop` and `round`
 * select by how the sample's loop ended, `constraints` (`applied` or `none`) by the tasks on which the method `constrainedBy` had any,
 * `union` (`flagged`, `silent` or `unscannable`) by what the union's scanners saw, whatever the policy counts it as.
 *
 * @example samplesOf(rows, table6(rows).rows[0].secureToInsecure.where)
 */
export function samplesOf(rows: readonly ResultRow[], where: Where): ResultRow[] {
  const columns = Object.entries(where).filter(([key]) => !derived.has(key) && !isAnnotatorKey(key));
  const selected = rows.filter((row) => columns.every(([key, value]) => row[key as keyof ResultRow] === value));
  const before = baselineRows(rows, where);
  const constrained = constrainedTasks(rows, where);
  const after = where["to"] ?? where["state"];
  const saying = scannersSay(rows[0]?.facts.study.union ?? []);
  return selected.filter((row) => {
    const base = before?.get(pairKey(row, where["againstRepeat"]));
    return (
      (where["taskCwe"] === undefined || row.cwe === where["taskCwe"]) &&
      (after === undefined || isIn(row, String(after))) &&
      (where["from"] === undefined || isIn(base, String(where["from"]))) &&
      (where["change"] === undefined ? hasFinding(row, where) : hasChanged(base, row, where)) &&
      hasLabels(row, where) &&
      (where["union"] === undefined ||
        (exclusionReason(row, ["union"]) === undefined && saying(row) === where["union"])) &&
      endedSo(row, where) &&
      (constrained === undefined || constrained.has(pairKey(row)))
    );
  });
}

function endedSo({ trace }: ResultRow, { stop, round }: Where): boolean {
  return (stop === undefined || trace?.stop === stop) && (round === undefined || lastRound(trace) === round);
}

function constrainedTasks(
  rows: readonly ResultRow[],
  { constrainedBy, constraints }: Where,
): ReadonlySet<string> | undefined {
  if (constrainedBy === undefined) return undefined;
  const own = rows.filter(
    ({ method, trace }) => method === constrainedBy && constraintsOf(trace) === (constraints ?? constraintsOf(trace)),
  );
  return new Set(own.map((row) => pairKey(row)));
}

function baselineRows(rows: readonly ResultRow[], where: Where): ReadonlyMap<string, ResultRow> | undefined {
  const { against, from, change } = where;
  if (against === undefined || (from === undefined && change === undefined)) return undefined;
  return new Map(rows.filter((row) => row.method === against).map((row) => [pairKey(row), row]));
}

function pairKey(
  { dataset, task, prompt, model, repeat: own, index }: ResultRow,
  repeat: string | number = own,
): string {
  return JSON.stringify([dataset, task, prompt, model, repeat, index]);
}

function isIn(row: ResultRow | undefined, asked: string): boolean {
  if (row === undefined || exclusionReason(row, ["execution", "union"]) !== undefined) return false;
  const state = sampleState(row);
  if (asked.startsWith("not ")) return state !== asked.slice("not ".length);
  return state === asked || state.startsWith(`${asked}+`);
}

function hasChanged(base: ResultRow | undefined, row: ResultRow, where: Where): boolean {
  const { scanner } = where;
  const need = scanner === undefined ? "union" : (`scan_${scanner}` as const);
  if (base === undefined || [base, row].some((each) => exclusionReason(each, [need]) !== undefined)) return false;
  const [had, has] = [hasFinding(base, where), hasFinding(row, where)];
  return where["change"] === "removed" ? had && !has : has && !had;
}

function hasFinding(row: ResultRow, { scanner, rule, cwe, family, labelled }: Where): boolean {
  if ([scanner, rule, cwe, family, labelled].every((asked) => asked === undefined)) return true;
  const label = labelled === undefined ? undefined : labelOf(row);
  const own = scanner === undefined ? Object.values(row.findings).flat() : (row.findings[String(scanner)] ?? []);
  return own.some(
    (finding) =>
      (rule === undefined || finding.ruleId === rule) &&
      (cwe === undefined || finding.cwe.includes(Number(cwe))) &&
      (family === undefined || finding.cwe.some((each) => cweFamily(each) === Number(family))) &&
      (label === undefined || hitsLabel(finding, label, labelled === "family")),
  );
}
