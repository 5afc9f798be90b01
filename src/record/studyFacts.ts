import type { StudyFacts } from "./schema/resultRow.js";
import type { KnownTasks } from "./tasksByDataset.js";

const taskKey = (dataset: string, task: string) => JSON.stringify([dataset, task]);

/** What all rows of a run share, as far as its study and the facts of its tasks say it. */
export function studyFacts({ study, path, tasks }: KnownTasks): StudyFacts {
  return {
    study,
    path,
    cases: new Map(tasks.map(({ dataset, task, cases }) => [taskKey(dataset, task), cases])),
    built: new Map(
      tasks.flatMap(({ dataset, task, built }) => (built === undefined ? [] : [[taskKey(dataset, task), built]])),
    ),
  };
}
