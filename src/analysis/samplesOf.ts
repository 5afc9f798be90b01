import { exclusionReason } from "../metric/exclusionReason.js";
import { sampleState } from "../metric/transitions.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import { constraintsOf, lastRound } from "./traces.js";
import type { Where } from "../table/typedTable.js";

/** Keys of a `where` that are no columns of result rows. */
const derived = new Set([
  ...["against", "from", "to", "state", "scanner", "cwe"],
  ...["stop", "round", "constrainedBy", "constraints"],
]);

/**
 * The samples behind a cell of a table or a point of a figure.
 *
 * Columns select by equality. `state` (or `to`) selects by what a sample is, `from` by what the sample of the method `against` is for the
 * same task; `secure` or `insecure` alone means whatever the function. `scanner` and `cwe` select by a finding. Samples whose state
 * cannot be told are left out where a state is asked for. `stop` and `round` select by how the sample's loop ended, `constraints`
 * (`applied` or `none`) by the tasks on which the method `constrainedBy` had any.
 *
 * @example samplesOf(rows, table6(rows).rows[0].secureToInsecure.where)
 */
export function samplesOf(rows: readonly ResultRow[], where: Where): ResultRow[] {
  const columns = Object.entries(where).filter(([key]) => !derived.has(key));
  const selected = rows.filter((row) => columns.every(([key, value]) => row[key as keyof ResultRow] === value));
  const before = baselineStates(rows, where);
  const constrained = constrainedTasks(rows, where);
  const after = where["to"] ?? where["state"];
  return selected.filter(
    (row) =>
      (after === undefined || isIn(stateOf(row), String(after))) &&
      (where["from"] === undefined || isIn(before.get(pairKey(row)), String(where["from"]))) &&
      hasFinding(row, where) &&
      endedSo(row, where) &&
      (constrained === undefined || constrained.has(pairKey(row))),
  );
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
  return new Set(own.map(pairKey));
}

function baselineStates(rows: readonly ResultRow[], { against, from }: Where): ReadonlyMap<string, string | undefined> {
  if (against === undefined || from === undefined) return new Map();
  return new Map(rows.filter((row) => row.method === against).map((row) => [pairKey(row), stateOf(row)]));
}

function pairKey({ dataset, task, prompt, model, repeat, index }: ResultRow): string {
  return JSON.stringify([dataset, task, prompt, model, repeat, index]);
}

function stateOf(row: ResultRow): string | undefined {
  return exclusionReason(row, ["execution", "union"]) === undefined ? sampleState(row) : undefined;
}

function isIn(state: string | undefined, asked: string): boolean {
  return state !== undefined && (state === asked || state.startsWith(`${asked}+`));
}

function hasFinding({ findings }: ResultRow, { scanner, cwe }: Where): boolean {
  if (scanner === undefined) return true;
  const own = findings[String(scanner)] ?? [];
  return own.some((finding) => cwe === undefined || finding.cwe.includes(Number(cwe)));
}
