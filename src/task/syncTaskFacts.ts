import { findPython } from "../process/findPython.js";
import { openAppender } from "../record/openAppender.js";
import { readRecords } from "../record/readRecords.js";
import type { RunFolder } from "../record/runFolder.js";
import { type LoadedTasks, loadTasks } from "./loadTasks.js";
import type { Task } from "./task.js";
import { taskFacts } from "./taskFacts.js";
import { testNames } from "./testNames.js";

async function appendFacts(run: RunFolder, tasks: readonly Task[]): Promise<void> {
  const { executable } = await findPython();
  const names = await testNames(tasks, executable);
  const appender = await openAppender(run, "tasks");
  try {
    for (const task of tasks) await appender.append(taskFacts(task, names.get(task.id)?.length ?? 0));
  } finally {
    await appender.close();
  }
}

/**
 * Loads the tasks of every data set of a study and adds the facts that the run folder's `tasks.jsonl` lacks.
 * Returns the data sets by name.
 *
 * @throws InputError for a data set that is not there, or whose facts no longer agree with those recorded.
 * @throws SetupError without Python.
 */
export async function syncTaskFacts(run: RunFolder): Promise<ReadonlyMap<string, LoadedTasks>> {
  const known = new Set((await readRecords(run, "tasks")).map(({ dataset, task }) => JSON.stringify([dataset, task])));
  const loaded = new Map<string, LoadedTasks>();
  for (const { name } of run.study.datasets) loaded.set(name, await loadTasks(name));
  for (const { tasks } of loaded.values()) {
    const missing = tasks.filter((task) => !known.has(JSON.stringify([task.dataset, task.id])));
    if (missing.length > 0) await appendFacts(run, missing);
  }
  return loaded;
}
