import { exclusionReason } from "../metric/exclusionReason.js";
import { labelOf } from "../metric/labelledCwe.js";
import { sampleState } from "../metric/transitions.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import { constraintsOf, lastRound } from "./traces.js";
import type { Where } from "../table/typedTable.js";
import { scannersSay } from "./scannersSay.js";
import { findingKeys, findingsAsked } from "./findingsAsked.js";
import { anyAnswer, hasLabels, isAnnotatorKey, labelKeys } from "./hasLabels.js";
import { hasShare } from "./shareKind.js";

/** Keys of a `where` that are no columns of result rows. */
const derived = new Set([
  ...["against", "againstRepeat", "from", "to", "state", "union", "share", "taskCwe"],
  ...["stop", "round", "constrainedBy", "constraints"],
  ...findingKeys,
  ...labelKeys,
]);

/**
 * The samples behind a cell of a table or a point of a figure.
 *
 * Columns select by equality. `state` (or `to`) selects by what a sample is, `from` by what the sample of the method `against` is for the
 * same task (of the repeat `againstRepeat` where that is another); `secure` or `insecure` alone means whatever the
 * function, `not secure+functional` any other state. `scanner` (`*`: whichever), `rule`, `cwe` and `family` select by a finding, `labelled`
 * (`raw` or `family`) by one that hits the task's labelled CWE, `taskCwe` by that CWE itself (`*`: any), `question` with its kin by annotators'
 * labels (`hasLabels`). `change` turns a finding into a comparison with the method `against`: `removed` where that one's sample has such a
 * finding and this one none, `silenced` where besides no scanner that reported it can parse the code any more, `introduced` the other way
 * round. `seenBy` (names with commas between) takes the samples that all these scanners have a verdict of, on both sides where there is an
 * `against`, and no other scanner's findings. Samples whose state cannot be told are left out where a state is asked for. `stop` and `round`
 * select by how the sample's loop ended, `constraints` (`applied` or `none`) by the tasks on which the method `constrainedBy` had any,
 * `union` (`flagged`, `silent` or `unscannable`) by what the union's scanners saw, whatever the policy counts it as, `share` by what a sample
 * without a finding is made of (`hasShare`).
 *
 * @example samplesOf(rows, table6(rows).rows[0].secureToInsecure.where)
 */
export function samplesOf(rows: readonly ResultRow[], where: Where): ResultRow[] {
  const columns = Object.entries(where).filter(([key]) => !derived.has(key) && !isAnnotatorKey(key));
  const selected = rows.filter((row) => columns.every(([key, value]) => row[key as keyof ResultRow] === value));
  const before = baselineRows(rows, where);
  const constrained = constrainedTasks(rows, where);
  const after = where["to"] ?? where["state"];
  const study = rows[0]?.facts.study;
  const saying = scannersSay(study?.union ?? []);
  const shared =
    study === undefined || where["share"] === undefined ? undefined : hasShare(study, String(where["share"]));
  const asked = findingsAsked(where);
  return selected.filter((row) => {
    const base = before?.get(pairKey(row, where["againstRepeat"]));
    return (
      isLabelled(row, where["taskCwe"]) &&
      (after === undefined || isIn(row, String(after))) &&
      (where["from"] === undefined || isIn(base, String(where["from"]))) &&
      (where["seenBy"] === undefined ||
        (asked.isSeen(row) && (before === undefined || (base !== undefined && asked.isSeen(base))))) &&
      (where["change"] === undefined ? asked.has(row) : asked.hasChanged(base, row)) &&
      hasLabels(row, where) &&
      (where["union"] === undefined ||
        (exclusionReason(row, ["union"]) === undefined && saying(row) === where["union"])) &&
      (shared === undefined || shared(row)) &&
      endedSo(row, where) &&
      (constrained === undefined || constrained.has(pairKey(row)))
    );
  });
}

function isLabelled(row: ResultRow, asked: string | number | undefined): boolean {
  if (asked === anyAnswer) return labelOf(row).cwes.size > 0;
  return asked === undefined || row.cwe === asked;
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
  const { against, from, change, seenBy } = where;
  if (against === undefined || [from, change, seenBy].every((asked) => asked === undefined)) return undefined;
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
