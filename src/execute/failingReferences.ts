import { calibrate } from "../task/calibrate.js";
import type { Task } from "../task/task.js";
import { testNames } from "../task/testNames.js";
import { executeSamples } from "./executeSamples.js";
import type { WorkerContext } from "./startWorker.js";

/** A task whose reference does not pass its own tests, and why. */
export interface FailingReference {
  readonly task: string;
  readonly reason: string;
}

/**
 * Executes the reference of every task as a sample is, in the sandbox, and tells those that do not pass, in the order of the tasks.
 *
 * @throws SetupError when the sandbox does not work, InterruptedError when stopped.
 */
export async function failingReferences(tasks: readonly Task[], context: WorkerContext): Promise<FailingReference[]> {
  const names = await testNames(tasks, context.interpreter.executable);
  const jobs = tasks.map((task) => ({
    ...{ task, testHash: task.id, text: calibrate(task, task.reference) },
    names: names.get(task.id) ?? [],
  }));
  const reasons = new Map<string, string>();
  for await (const outcome of executeSamples(jobs, { ...context, environment: "", exceptions: "typeAndMessage" })) {
    if (outcome.kind === "undecidable") reasons.set(outcome.job.task.id, outcome.reason);
    else if (outcome.execution.status !== "passed") {
      const { status, reason, cases, task } = outcome.execution;
      const message = cases.find((each) => each.outcome !== "passed")?.message ?? "";
      reasons.set(task, [status, reason, message].filter(Boolean).join(": "));
    }
  }
  return tasks.flatMap(({ id }) => (reasons.has(id) ? [{ task: id, reason: reasons.get(id) ?? "" }] : []));
}
