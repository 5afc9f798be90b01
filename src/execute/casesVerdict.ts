import { reasonOf } from "../error.js";
import type { CaseResult, ExceptionPolicy } from "../record/schema/execution.js";
import { compareValues } from "./compareValues.js";
import { CallResult } from "./pythonValue.js";
import type { ReferenceValues } from "./referenceValues.js";
import type { WorkerRun } from "./runWorker.js";
import type { Verdict } from "./unittestVerdict.js";
import { type CasesEvent, endSentence } from "./workerEvents.js";

type CaseEnd = Extract<CasesEvent, { event: "end" }>;

/** What a case gave: its result, or why there is none. */
export type CaseReport =
  | { readonly kind: "result"; readonly result: CallResult }
  | { readonly kind: "timedOut" | "crashed" | "tampered"; readonly message: string };

/** Reads what the child of one case wrote; only a child that ended by itself after exactly one result is believed. */
export function readCase(end: CaseEnd): CaseReport {
  if (end.signal === "SIGXCPU") return { kind: "timedOut", message: endSentence(end) };
  if (end.code !== 0 || end.value === "") return { kind: "crashed", message: endSentence(end) };
  try {
    return { kind: "result", result: CallResult.parse(JSON.parse(end.value)) };
  } catch (cause) {
    const message = `something else than the harness wrote on the report channel (${reasonOf(cause).slice(0, 80)})`;
    return { kind: "tampered", message };
  }
}

/** A result in a few words, for the message of a failed case. The reference's value is never shown. */
function shown(result: CallResult): string {
  if (result.t === "raised") return `raised ${result.type}: ${result.message.slice(0, 300)}`;
  if (result.t === "notLoaded") return `the sample did not load: ${result.type}: ${result.message.slice(0, 300)}`;
  if (result.t === "tooBig") return "returned a value too big to compare";
  if (result.t === "opaque") return `returned an object of type ${result.type}`;
  return `returned another ${result.t} than the reference, or another type`;
}

function judge(report: CaseReport, expected: CallResult, policy: ExceptionPolicy): Omit<CaseResult, "name" | "ms"> {
  switch (report.kind) {
    case "timedOut":
      return { outcome: "timedOut", message: report.message };
    case "crashed":
    case "tampered":
      return { outcome: "errored", message: report.message };
    case "result":
      if (compareValues(expected, report.result, policy)) return { outcome: "passed", message: "" };
      return { outcome: report.result.t === "raised" ? "errored" : "failed", message: shown(report.result) };
  }
}

function caseResult(
  name: string,
  event: { end: CaseEnd | undefined; started: boolean; timedOut: boolean },
  against: { expected: CallResult; policy: ExceptionPolicy },
): CaseResult {
  if (event.end !== undefined) {
    return { name, ...judge(readCase(event.end), against.expected, against.policy), ms: event.end.ms };
  }
  if (!event.started) return { name, outcome: "notReached", message: "", ms: null };
  return event.timedOut
    ? { name, outcome: "timedOut", message: "the time limit was exceeded", ms: null }
    : { name, outcome: "errored", message: "the sandbox ended during this case", ms: null };
}

/**
 * The verdict on a sample of the cases style: results as plain data against the reference's, compared here. Cases that the reference
 * cannot decide (`reference.undecided`) are no known cases: they are left out, and the reason says so.
 */
export function casesVerdict(run: WorkerRun<CasesEvent>, reference: ReferenceValues, policy: ExceptionPolicy): Verdict {
  const { events, broken, lost, timedOut } = run;
  const started = new Set(events.flatMap((event) => (event.event === "start" ? [event.index] : [])));
  const ends = new Map(events.flatMap((event) => (event.event === "end" ? [[event.index, event] as const] : [])));
  const known = [...reference.values].map(([index, expected]) => ({
    end: ends.get(index),
    result: caseResult(
      `case ${index + 1}`,
      { end: ends.get(index), started: started.has(index), timedOut },
      { expected, policy },
    ),
  }));
  const cases = known.map(({ result }) => result);
  const reports = known.flatMap(({ end }) => (end === undefined ? [] : [readCase(end)]));
  const note = reference.undecided;
  const noted = (reason: string) => [reason, note].filter((part) => part !== "").join("; ");
  const tampered = reports.find((report) => report.kind === "tampered");
  if (tampered?.kind === "tampered") return { status: "tampered", reason: noted(tampered.message), cases };
  if (broken !== "") return { status: "tampered", reason: noted(broken), cases };
  if (cases.some(({ outcome }) => outcome === "timedOut")) return { status: "timedOut", reason: note, cases };
  const crashed = reports.find((report) => report.kind === "crashed");
  if (crashed?.kind === "crashed") return { status: "crashed", reason: noted(crashed.message), cases };
  if (!events.some(({ event }) => event === "done")) {
    if (timedOut) return { status: "timedOut", reason: noted("the time limit was exceeded"), cases };
    return { status: "crashed", reason: noted(lost || "no end was reported"), cases };
  }
  return { status: cases.every(({ outcome }) => outcome === "passed") ? "passed" : "failed", reason: note, cases };
}
