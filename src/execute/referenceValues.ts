import { leftOutText } from "../record/leftOutCases.js";
import type { CasesTask } from "../task/task.js";
import { readCase } from "./casesVerdict.js";
import { compareValues } from "./compareValues.js";
import { type CallResult, isPlain } from "./pythonValue.js";
import { type RunContext, runWorker } from "./runWorker.js";
import { CasesEvent } from "./workerEvents.js";
import { casesRequest } from "./workerRequest.js";

/** What the reference solution of a task gives. */
export interface ReferenceValues {
  /** Expected results by index of the case; cases that the reference cannot decide are absent. */
  readonly values: ReadonlyMap<number, CallResult>;
  /** How many cases are left out and why, one sentence; empty when none is. */
  readonly undecided: string;
}

/** A result for every case, or a sentence on the first that has none. */
type Run = ReadonlyMap<number, CallResult> | string;

async function once(task: CasesTask, context: RunContext): Promise<Run> {
  const { cases } = task;
  const request = casesRequest(task, task.reference);
  const subject = `the reference of ${task.dataset} ${task.id}`;
  const { events, timedOut } = await runWorker(request, CasesEvent, { ...context, subject });
  const ends = new Map(events.flatMap((event) => (event.event === "end" ? [[event.index, event] as const] : [])));
  const results = new Map<number, CallResult>();
  for (const index of cases.keys()) {
    const end = ends.get(index);
    if (end === undefined)
      return `case ${index + 1}: ${timedOut ? "the time limit was exceeded" : "the sandbox ended"}`;
    const report = readCase(end);
    if (report.kind !== "result") return `case ${index + 1}: ${report.message}`;
    results.set(index, report.result);
  }
  return results;
}

/** A busy machine may end a reference early: what gives no result is run once more. */
async function atMostTwice(task: CasesTask, context: RunContext): Promise<Run> {
  const run = await once(task, context);
  return typeof run === "string" ? once(task, context) : run;
}

function reasonAgainst(first: CallResult, second: CallResult | undefined): string {
  if (first.t === "notLoaded" || second?.t === "notLoaded") return "the reference does not load";
  if ([first, second].some((result) => result !== undefined && result.t !== "raised" && !isPlain(result)))
    return "the reference's result is not plain data";
  const same = second !== undefined && compareValues(first, second, "typeAndMessage");
  return same ? "" : "the reference gives another result every time";
}

/**
 * Runs a task's reference twice, in sandboxes like the samples' and never in one with a sample. A case counts where both
 * results are plain data and equal. Where a case has no result even in a second try (out of time, killed), the whole task is undecided:
 * which cases count must not depend on how busy the machine is.
 */
export async function referenceValues(task: CasesTask, context: RunContext): Promise<ReferenceValues> {
  const none = (words: string) => ({
    values: new Map<number, CallResult>(),
    undecided: `the reference gave no result in two tries (${words})`,
  });
  const first = await atMostTwice(task, context);
  if (typeof first === "string") return none(first);
  const second = await atMostTwice(task, context);
  if (typeof second === "string") return none(second);
  const values = new Map<number, CallResult>();
  const reasons = new Map<string, number>();
  for (const [index, result] of first) {
    const reason = reasonAgainst(result, second.get(index));
    if (reason === "") values.set(index, result);
    else reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  const parts = [...reasons].map(([why, count]) => leftOutText({ count, of: task.cases.length, why }));
  return { values, undecided: parts.join("; ") };
}
