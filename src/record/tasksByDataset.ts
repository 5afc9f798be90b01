import { InputError } from "../error.js";
import type { Study } from "./schema/study.js";
import type { TaskFacts } from "./schema/taskFacts.js";

/** What a run knows of its tasks. */
export interface KnownTasks {
  readonly path: string;
  readonly study: Study;
  readonly tasks: readonly TaskFacts[];
}

/** The ids of the tasks of every data set of a study, in the order of `tasks.jsonl`. @throws InputError where it knows none of one. */
export function tasksByDataset({ study, tasks, path }: KnownTasks): ReadonlyMap<string, readonly string[]> {
  return new Map(
    study.datasets.map(({ name }) => {
      const ids = tasks.filter(({ dataset }) => dataset === name).map(({ task }) => task);
      if (ids.length === 0) {
        throw new InputError(`${path}/tasks.jsonl knows no task of "${name}": run \`safelab plan ${path}\``);
      }
      return [name, ids] as const;
    }),
  );
}
