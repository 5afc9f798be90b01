import { keyIndex } from "./keyIndex.js";
import { leftOutIn } from "./leftOutCases.js";
import type { Execution } from "./schema/execution.js";
import type { TaskFacts } from "./schema/taskFacts.js";

/**
 * How many cases of its task an execution was held against: those that `tasks.jsonl` counts, less those that executions of the task in the
 * same environment say the reference cannot decide, and never fewer than the record lists. A list that is shorter lacks cases, which did not pass.
 */
export function knownCases(
  tasks: readonly TaskFacts[],
  executions: readonly Execution[],
): (execution: Execution) => number {
  const counts = keyIndex<number>("tasks");
  for (const { dataset, task, cases } of tasks) counts.set([dataset, task], cases);
  const countOf = ({ dataset, task }: Execution) => counts.get([dataset, task]) ?? 0;
  const leftOut = new Map<string, number>();
  const environmentOf = ({ dataset, task, environment }: Execution) => JSON.stringify([dataset, task, environment]);
  for (const execution of executions) {
    if (!execution.reason.includes("left out")) continue;
    const key = environmentOf(execution);
    leftOut.set(key, Math.max(leftOut.get(key) ?? 0, leftOutIn(execution.reason, countOf(execution))));
  }
  return (execution) => {
    const listed = execution.cases.length;
    const counted = countOf(execution);
    return counted <= listed ? listed : Math.max(listed, counted - (leftOut.get(environmentOf(execution)) ?? 0));
  };
}
