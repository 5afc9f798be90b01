import type { TaskFacts } from "../record/schema/taskFacts.js";
import type { Task } from "./task.js";

/** What results need to know of a task; `cases` is the number of its test cases (`testNames`). */
export function taskFacts(task: Task, cases: number): TaskFacts {
  const built = task.style === "cases" && task.built !== undefined ? { built: task.built } : {};
  return { schemaVersion: 1, dataset: task.dataset, task: task.id, cwe: task.cwe, cases, ...built };
}
