import type { Execution } from "../record/schema/execution.js";
import type { ExecuteJob } from "./executeSamples.js";

/** Seconds that a text is expected to take, where nothing like it was executed: sleep and heavy libraries tell. */
function guess({ task, text }: ExecuteJob): number {
  const all = task.style === "unittest" ? text + task.test : text + task.setup;
  return 0.1 + (/\bsleep\(/.test(all) ? 5 : 0) + (/\b(tensorflow|keras|torch)\b/.test(all) ? 5 : 0);
}

/** The jobs in the order in which to start them, the longest first, by what their tasks took before: so none is waited for alone at the end. */
export function longestFirst(jobs: readonly ExecuteJob[], executions: readonly Execution[]): readonly ExecuteJob[] {
  const seconds = new Map<string, number>();
  const key = (dataset: string, task: string) => JSON.stringify([dataset, task]);
  for (const { dataset, task, seconds: took } of executions) {
    seconds.set(key(dataset, task), Math.max(took, seconds.get(key(dataset, task)) ?? 0));
  }
  const expected = jobs.map((job) => ({ job, took: seconds.get(key(job.task.dataset, job.task.id)) ?? guess(job) }));
  return expected.sort((a, b) => b.took - a.took).map(({ job }) => job);
}
