import { basename } from "node:path";
import { InputError } from "../error.js";
import { planSamples } from "../record/planSamples.js";
import { sampleKeyOf } from "../record/recordKinds.js";
import type { PromptKind, Sample, SampleKey } from "../record/schema/sample.js";
import type { Study } from "../record/schema/study.js";
import type { Task } from "../task/task.js";
import { makeSample } from "./makeSample.js";
import type { Solution } from "./readSolutions.js";

/** The configuration that imported samples belong to. It must be one that `run.json` plans. */
export interface ImportTarget {
  readonly dataset: string;
  readonly model: string;
  readonly method: string;
  readonly prompt: PromptKind;
  /** 0 by default. */
  readonly repeat?: number;
}

/** What a file of samples is read against. */
export interface ImportFrame {
  readonly study: Study;
  readonly target: ImportTarget;
  readonly tasks: ReadonlyMap<string, Task>;
  readonly file: string;
  /** Names of what the configuration asks for, from `plannedKeys`. */
  readonly planned: ReadonlySet<string>;
}

/** A sample's key as one string. */
export function keyName(key: SampleKey): string {
  return JSON.stringify(sampleKeyOf(key));
}

/** Keys of the samples that a study asks for in a configuration. */
export function plannedKeys(study: Study, target: ImportTarget, ids: readonly string[]): ReadonlySet<string> {
  const { dataset, model, method, prompt, repeat = 0 } = target;
  const datasets = study.datasets.filter(({ name }) => name === dataset);
  const keys = planSamples({ ...study, datasets }, new Map([[dataset, ids]]));
  const own = keys.filter(
    (key) => key.model === model && key.method === method && key.prompt === prompt && key.repeat === repeat,
  );
  return new Set(own.map(keyName));
}

/**
 * Solutions as samples: the n-th line of a task is its sample n − 1. `outside` counts the lines that the study does not ask for.
 *
 * @throws InputError naming file and line for an unknown task and for more samples than the study asks for.
 */
export function importedSamples(solutions: readonly Solution[], frame: ImportFrame) {
  const { study, target, tasks, file, planned } = frame;
  const { dataset, model, method, prompt, repeat = 0 } = target;
  const { k, policies } = study;
  const seen = new Map<string, Solution[]>();
  const samples: Sample[] = [];
  let outside = 0;
  for (const solution of solutions) {
    const { line, taskId, code } = solution;
    const task = tasks.get(taskId);
    if (task === undefined) throw unknownTask(`${file}:${line}`, taskId, dataset, tasks);
    const earlier = seen.get(taskId) ?? [];
    const first = earlier[0];
    if (k === 1 && first !== undefined) {
      if (first.code === code) continue;
      throw new InputError(
        `${file}:${line}: a second, different sample for ${taskId} (the first is on line ${first.line}), but the run asks for one ` +
          'a task: remove one of the lines, or set "k" in run.json',
      );
    }
    if (earlier.length >= k)
      throw new InputError(
        `${file}:${line}: sample ${earlier.length + 1} for ${taskId}, but the run asks for k = ${k} a task: set "k" in run.json, or import into another run folder`,
      );
    seen.set(taskId, [...earlier, solution]);
    const key: SampleKey = { dataset, task: taskId, prompt, model, method, repeat, index: earlier.length };
    if (!planned.has(keyName(key))) {
      outside += 1;
      continue;
    }
    const blank = code.trim() === "";
    const result = {
      code: blank ? null : code,
      status: blank ? ("empty" as const) : ("generated" as const),
      rounds: [],
    };
    samples.push(makeSample(key, task, { ...result, imported: { file: basename(file), line } }, policies.repair));
  }
  return { samples, outside };
}

function unknownTask(place: string, id: string, dataset: string, tasks: ReadonlyMap<string, Task>): InputError {
  const like = tasks.keys().next().value ?? "(none)";
  return new InputError(`${place}: "${dataset}" has no task "${id}"; its ids look like "${like}"`);
}
