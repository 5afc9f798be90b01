import { InputError } from "../error.js";
import type { PromptKind, SampleKey } from "./schema/sample.js";
import type { Study, StudyDataset, StudyModel } from "./schema/study.js";

/**
 * Every sample that a study asks for, in the order data set, task, prompt, model, method, repeat, index. A model is asked the
 * study's data sets, prompts and methods, or those of its own lists.
 *
 * @param tasksOf task ids of every data set of the study, in the file's order
 * @returns one key per sample, all distinct
 * @throws InputError when a data set is not in `tasksOf`, or the study names tasks that it does not have
 */
export function planSamples(study: Study, tasksOf: ReadonlyMap<string, readonly string[]>): SampleKey[] {
  const keys: SampleKey[] = [];
  const datasets = distinct(study.datasets, ({ name }) => name, "data set");
  const models = distinct(study.models, ({ name }) => name, "model");
  for (const dataset of datasets)
    for (const task of chosenTasks(dataset, tasksOf.get(dataset.name)))
      for (const prompt of new Set(study.prompts))
        for (const model of models.filter((each) => isAsked(each, dataset.name, prompt)))
          for (const method of new Set(model.methods ?? study.methods))
            for (let repeat = 0; repeat < study.repeats; repeat++)
              for (let index = 0; index < study.k; index++)
                keys.push({ dataset: dataset.name, task, prompt, model: model.name, method, repeat, index });
  return keys;
}

function isAsked({ datasets, prompts }: StudyModel, dataset: string, prompt: PromptKind): boolean {
  return (datasets?.includes(dataset) ?? true) && (prompts?.includes(prompt) ?? true);
}

function chosenTasks({ name, tasks }: StudyDataset, known: readonly string[] | undefined): readonly string[] {
  if (known === undefined)
    throw new InputError(`data set "${name}" is not known here; register it, or correct run.json`);
  if (tasks === "all") return known;
  if (typeof tasks === "number") {
    if (tasks <= known.length) return known.slice(0, tasks);
    throw new InputError(
      `run.json asks for ${tasks} tasks of "${name}", which has ${known.length}; lower it or say "all"`,
    );
  }
  const ids = new Set(known);
  const unknown = tasks.filter((id) => !ids.has(id));
  if (unknown.length > 0)
    throw new InputError(
      `run.json asks for tasks that "${name}" does not have: ${unknown.slice(0, 5).join(", ")}` +
        `${unknown.length > 5 ? ` and ${unknown.length - 5} more` : ""}; ids look like ${known[0] ?? "(none)"}`,
    );
  return distinct(tasks, (id) => id, `task of "${name}"`);
}

function distinct<T>(values: readonly T[], nameOf: (value: T) => string, what: string): readonly T[] {
  const seen = new Set<string>();
  for (const value of values) {
    const name = nameOf(value);
    if (seen.has(name)) throw new InputError(`run.json names the ${what} "${name}" twice; drop one of them`);
    seen.add(name);
  }
  return values;
}
