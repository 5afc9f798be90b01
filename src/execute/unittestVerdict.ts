import type { CaseResult, Execution } from "../record/schema/execution.js";
import type { WorkerRun } from "./runWorker.js";
import { endSentence, type UnittestEvent } from "./workerEvents.js";

/** The part of an execution record that the run of a sample decides. */
export type Verdict = Pick<Execution, "status" | "reason" | "cases">;

/** The reason that the first event of a kind carries; `undefined` where there is none. */
function reasonIn(events: readonly UnittestEvent[], kind: "tampered" | "notLoaded" | "classFailed") {
  return events.flatMap((event) => (event.event === kind && "reason" in event ? [event.reason] : []))[0];
}

function caseResults(names: readonly string[], events: readonly UnittestEvent[], timedOut: boolean): CaseResult[] {
  const started = new Set(events.flatMap((event) => (event.event === "start" ? [event.name] : [])));
  const ends = new Map(events.flatMap((event) => (event.event === "end" ? [[event.name, event] as const] : [])));
  return names.map((name) => {
    const end = ends.get(name);
    if (end !== undefined) return { name, outcome: end.outcome, message: end.message, ms: end.ms };
    if (!started.has(name)) return { name, outcome: "notReached", message: "", ms: null };
    return timedOut
      ? { name, outcome: "timedOut", message: "the time limit was exceeded", ms: null }
      : { name, outcome: "errored", message: "the process ended during this case", ms: null };
  });
}

/** Whether exactly the known cases were told, each once. */
function disagreement(names: readonly string[], events: readonly UnittestEvent[]): string {
  const told = events.flatMap((event) => (event.event === "end" ? [event.name] : [])).sort();
  return JSON.stringify(told) === JSON.stringify([...names].sort())
    ? ""
    : `${names.length} cases are known, the report names ${told.length}: ${told.slice(0, 5).join(", ")}`;
}

/**
 * The verdict on a unittest sample. It is `passed` only when the report names exactly the known cases, all passed, says that it is whole,
 * and the process that wrote it ended as it should; where these disagree it is `tampered`.
 */
export function unittestVerdict(names: readonly string[], run: WorkerRun<UnittestEvent>): Verdict {
  const { events, broken, lost, timedOut } = run;
  const exit = events.find((event) => event.event === "exit");
  const outOfTime = timedOut || exit?.signal === "SIGXCPU";
  const cases = caseResults(names, events, outOfTime);
  const tampered = reasonIn(events, "tampered");
  if (tampered !== undefined) return { status: "tampered", reason: tampered, cases };
  if (broken !== "") return { status: "tampered", reason: broken, cases };
  if (outOfTime) {
    const reason = timedOut || exit === undefined ? "the time limit was exceeded" : endSentence(exit);
    return { status: "timedOut", reason, cases };
  }
  if (exit === undefined) return { status: "crashed", reason: lost || "no end was reported", cases };
  const done = events.some(({ event }) => event === "done");
  if (!done) return { status: "crashed", reason: endSentence(exit), cases };
  if (exit.code !== 0) {
    return { status: "tampered", reason: `the report is whole, but the process was ${endSentence(exit)}`, cases };
  }
  const notLoaded = reasonIn(events, "notLoaded");
  if (notLoaded !== undefined) return { status: "failed", reason: notLoaded, cases };
  const wrong = disagreement(names, events);
  if (wrong !== "") return { status: "tampered", reason: wrong, cases };
  const classFailed = reasonIn(events, "classFailed");
  if (classFailed !== undefined) return { status: "failed", reason: classFailed, cases };
  return { status: cases.every(({ outcome }) => outcome === "passed") ? "passed" : "failed", reason: "", cases };
}
