import { InputError } from "../error.js";
import type { CaseRecord } from "./caseRecord.js";
import { type CaseState, caseStates } from "./caseStates.js";

/** Which case a person decides about; the task may be left out where only one has a case of that name. */
export interface CaseName {
  readonly case: string;
  readonly task?: string;
}

/** What a person decided, and the account of it. */
export interface CaseDecision {
  readonly event: "struck" | "accepted" | "edited";
  readonly who: string;
  readonly why: string;
}

/** An edited case as the reference answered it. */
export interface EditedCase {
  readonly text: string;
  readonly ms: number;
  readonly lines: readonly number[];
}

/**
 * The case of that name as it stands.
 *
 * @throws InputError where there is none, or several tasks have one.
 */
export function caseNamed(records: readonly CaseRecord[], { case: name, task }: CaseName): CaseState {
  const states = caseStates(records).filter((each) => task === undefined || each.task === task);
  if (task !== undefined && states.length === 0)
    throw new InputError(
      `no case was generated for task "${task}": there are cases of ${quoted(caseStates(records).map((each) => each.task))}`,
    );
  const found = states.filter((each) => each.case === name);
  const [first, second] = found;
  if (first === undefined)
    throw new InputError(`no case "${name}": there are ${quoted(states.map((each) => each.case))}`);
  if (second !== undefined)
    throw new InputError(
      `several tasks have a case "${name}" (${quoted(found.map((each) => each.task))}): say which with --task`,
    );
  return first;
}

const quoted = (names: readonly string[]) => (names.length === 0 ? "none" : [...new Set(names)].join(", "));

/**
 * The record of a decision about a generated case; it is added after the others. A struck case can only be accepted, which takes the strike back.
 *
 * @param edited the new inputs, tried on the reference; with the event `edited` only
 * @throws InputError without who and why, for a case that is not there, is struck already, or stays as it was.
 */
export function decideCase(
  records: readonly CaseRecord[],
  name: CaseName,
  { event, who, why }: CaseDecision,
  edited?: EditedCase,
): CaseRecord {
  for (const [what, text] of [
    ["--who", who],
    ["--why", why],
  ] as const)
    if (text.trim() === "") throw new InputError(`${what} is empty: a decision says who made it and why`);
  const known = caseNamed(records, name);
  const { dataset, task, case: id, text: before, state, decided } = known;
  if (state === "struck" && event !== "accepted")
    throw new InputError(
      `case "${id}" of task ${task} is struck already (${decided?.who ?? ""}: ${decided?.why ?? ""}): --accept takes the strike back`,
    );
  const record = {
    ...({ schemaVersion: 1, dataset, task, case: id } as const),
    who: who.trim(),
    why: why.trim(),
    before,
  };
  if (event !== "edited") return { ...record, event };
  if (edited === undefined) throw new RangeError("an edited case needs its new inputs");
  const { text: after, ms, lines } = edited;
  if (after === before) throw new InputError(`case "${id}" of task ${task} says ${before} already: nothing was edited`);
  return { ...record, event, after, ms, lines: [...lines] };
}
