import type { CasesTask } from "../task/task.js";
import { readCase } from "./casesVerdict.js";
import { compareValues } from "./compareValues.js";
import { type CallResult, isPlain } from "./pythonValue.js";
import { runWorker, type WorkerContext } from "./runWorker.js";
import { CasesEvent } from "./workerEvents.js";

/** What the reference solution of a task gives. */
export interface ReferenceValues {
  /** Expected results by index of the case; cases that the reference cannot decide are absent. */
  readonly values: ReadonlyMap<number, CallResult>;
  /** How many cases are left out and why, one sentence; empty when none is. */
  readonly undecided: string;
}

async function once(task: CasesTask, context: WorkerContext): Promise<ReadonlyMap<number, CallResult>> {
  const { setup, entryPoint, cases, reference } = task;
  const request = { style: "cases", setup, code: reference, entryPoint, cases } as const;
  const { events } = await runWorker(request, CasesEvent, context);
  const results = new Map<number, CallResult>();
  for (const event of events) {
    if (event.event !== "end") continue;
    const report = readCase(event);
    if (report.kind === "result") results.set(event.index, report.result);
  }
  return results;
}

function reasonAgainst(first: CallResult | undefined, second: CallResult | undefined): string {
  if (first === undefined || second === undefined) return "the reference gives no result";
  if (first.t === "notLoaded" || second.t === "notLoaded") return "the reference does not load";
  if ([first, second].some((result) => result.t !== "raised" && !isPlain(result)))
    return "the reference's result is not plain data";
  return compareValues(first, second, "typeAndMessage") ? "" : "the reference gives another result every time";
}

/**
 * Runs a task's reference twice, in sandboxes like the samples' and never in one with a sample. A case counts where both
 * results are plain data and equal.
 */
export async function referenceValues(task: CasesTask, context: WorkerContext): Promise<ReferenceValues> {
  const [first, second] = [await once(task, context), await once(task, context)];
  const values = new Map<number, CallResult>();
  const reasons = new Map<string, number>();
  for (const index of task.cases.keys()) {
    const result = first.get(index);
    const reason = reasonAgainst(result, second.get(index));
    if (reason === "" && result !== undefined) values.set(index, result);
    else reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  const parts = [...reasons].map(([reason, count]) => `${count} of ${task.cases.length} cases left out: ${reason}`);
  return { values, undecided: parts.join("; ") };
}
