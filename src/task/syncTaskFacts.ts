import { InputError } from "../error.js";
import { findPython } from "../process/findPython.js";
import { canonicalJson } from "../record/canonical.js";
import { openAppender } from "../record/openAppender.js";
import { readRecords } from "../record/readRecords.js";
import type { RunFolder } from "../record/runFolder.js";
import type { TaskFacts } from "../record/schema/taskFacts.js";
import { type LoadedTasks, loadTasks } from "./loadTasks.js";
import { taskFacts } from "./taskFacts.js";
import { testNames } from "./testNames.js";

const cweText = (cwe: readonly number[]) => `[${[...cwe].sort((a, b) => a - b).join(", ")}]`;

/** @throws InputError where what is recorded of a task is not what its data set says now. */
function checkFacts(run: RunFolder, recorded: TaskFacts, now: TaskFacts | undefined): void {
  const { dataset, task } = recorded;
  const difference =
    now === undefined
      ? "has it, the data set no longer"
      : now.cases !== recorded.cases
        ? `says cases ${recorded.cases}, the data set now ${now.cases}`
        : cweText(now.cwe) !== cweText(recorded.cwe)
          ? `says cwe ${cweText(recorded.cwe)}, the data set now ${cweText(now.cwe)}`
          : canonicalJson(now.built ?? null) !== canonicalJson(recorded.built ?? null)
            ? "says otherwise how its generated cases were reviewed"
            : undefined;
  if (difference !== undefined)
    throw new InputError(
      `task ${dataset} ${task}: ${run.path}/tasks.jsonl ${difference}; the data set was changed since: ` +
        "use the one that the run was made with, or a new run folder",
    );
}

async function appendFacts(run: RunFolder, facts: readonly TaskFacts[]): Promise<void> {
  const appender = await openAppender(run, "tasks");
  try {
    for (const each of facts) await appender.append(each);
  } finally {
    await appender.close();
  }
}

/**
 * Loads the tasks of every data set of a study, compares them with the run folder's `tasks.jsonl` and adds the facts that it lacks.
 * Returns the data sets by name.
 *
 * @throws InputError for a data set that is not there, or whose facts no longer agree with those recorded.
 * @throws SetupError without Python.
 */
export async function syncTaskFacts(run: RunFolder): Promise<ReadonlyMap<string, LoadedTasks>> {
  const { executable } = await findPython();
  const recorded = await readRecords(run, "tasks");
  const loaded = new Map<string, LoadedTasks>();
  const missing: TaskFacts[] = [];
  for (const { name } of run.study.datasets) {
    const set = await loadTasks(name);
    loaded.set(name, set);
    const names = await testNames(set.tasks, executable);
    const facts = new Map(set.tasks.map((task) => [task.id, taskFacts(task, names.get(task.id)?.length ?? 0)]));
    for (const each of recorded) {
      if (each.dataset !== name) continue;
      checkFacts(run, each, facts.get(each.task));
      facts.delete(each.task);
    }
    missing.push(...facts.values());
  }
  if (missing.length > 0) await appendFacts(run, missing);
  return loaded;
}
