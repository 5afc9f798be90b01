import type { LooseSamples } from "./schema/resultRow.js";
import type { SampleKey } from "./schema/sample.js";
import type { Study } from "./schema/study.js";

/** The part of a study that says which samples there are. */
export type Planning = Pick<Study, "datasets" | "models" | "methods" | "prompts" | "repeats" | "k">;

/** Which tasks `tasks.jsonl` knows, and which of them the study asks. */
export interface TaskFinder {
  readonly isKnown: (dataset: string, task: string) => boolean;
  readonly isAsked: (dataset: string, task: string) => boolean;
}

/** The first part of a sample's key that a study does not ask for. */
export interface Unasked {
  readonly reason: LooseSamples["reason"];
  /** That part, in words. */
  readonly of: string;
  /** What `run.json` or `tasks.jsonl` lacks for it, as a clause. */
  readonly why: string;
}

/**
 * What a study lacks for a sample that it does not plan: of several things the first, in the order data set, model, method, prompt, repeat,
 * index, task.
 */
export function unasked(key: SampleKey, study: Planning, tasks: TaskFinder): Unasked {
  const { dataset, task, prompt, model, method, repeat, index } = key;
  const asked = study.models.find(({ name }) => name === model);
  const configuration = (of: string, why: string): Unasked => ({ reason: "configuration", of, why });
  if (!study.datasets.some(({ name }) => name === dataset))
    return configuration(`data set ${dataset}`, `run.json names no data set "${dataset}"`);
  if (asked === undefined) return configuration(`model ${model}`, `run.json names no model "${model}"`);
  if (!(asked.methods ?? study.methods).includes(method))
    return configuration(`method ${method} for ${model}`, `run.json names no method "${method}" for ${model}`);
  if (!study.prompts.includes(prompt) || !(asked.prompts ?? study.prompts).includes(prompt))
    return configuration(`prompt ${prompt} for ${model}`, `run.json names no prompt "${prompt}" for ${model}`);
  if (repeat >= study.repeats)
    return {
      reason: "repeat",
      of: `repeat ${repeat}`,
      why: `run.json sets "repeats" to ${study.repeats}, counted from 0`,
    };
  if (index >= study.k)
    return { reason: "index", of: `index ${index}`, why: `run.json sets "k" to ${study.k}, counted from 0` };
  const name = `${task} of ${dataset}`;
  if (!tasks.isKnown(dataset, task))
    return { reason: "unknownTask", of: name, why: `tasks.jsonl knows no task "${task}" of ${dataset}` };
  if (!tasks.isAsked(dataset, task))
    return { reason: "task", of: name, why: `run.json asks for no task "${task}" of ${dataset}` };
  return configuration(`${model} on ${dataset}`, `run.json does not ask ${model} for ${dataset}`);
}
