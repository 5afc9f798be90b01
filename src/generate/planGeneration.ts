import { InputError } from "../error.js";
import { planSamples } from "../record/planSamples.js";
import type { Sample, SampleKey } from "../record/schema/sample.js";
import type { Study, StudyModel } from "../record/schema/study.js";
import type { Task } from "../task/task.js";
import { checkDecoding, decodingOf } from "./decoding.js";
import { type Method } from "./methods/method.js";
import { methodNamed } from "./methods/methodNamed.js";
import { checkRoute } from "./prompts.js";

/** One configuration of a run, with the samples that it lacks. */
export interface Configuration {
  /** Data set, prompt, model and method in words. */
  readonly name: string;
  readonly model: StudyModel;
  readonly method: Method;
  readonly planned: number;
  readonly missing: readonly SampleKey[];
}

/** What a run has and what it lacks. */
export interface GenerationPlan {
  /** Configurations that lack samples and whose model can be asked. */
  readonly configurations: readonly Configuration[];
  /** Samples that are there. */
  readonly recorded: number;
  /** Missing samples of models without an endpoint: they are imported. */
  readonly notGenerated: number;
}

const keyOf = (key: SampleKey) =>
  JSON.stringify([key.dataset, key.task, key.prompt, key.model, key.method, key.repeat, key.index]);

/**
 * Divides a study into configurations and finds what each lacks; a sample whose endpoint failed counts as missing.
 *
 * @param models names of the models to generate for; all where `undefined`
 * @throws InputError for an unknown model, method or task, for a prompt that a model's route cannot take, and where samples of
 *   a model were made with other decoding than the study's.
 */
export function planGeneration(
  study: Study,
  tasks: ReadonlyMap<string, readonly Task[]>,
  samples: readonly Sample[],
  models?: readonly string[],
): GenerationPlan {
  checkModels(study, models);
  const have = new Map(samples.filter(({ status }) => status !== "endpointFailed").map((each) => [keyOf(each), each]));
  const ids = new Map([...tasks].map(([name, list]) => [name, list.map(({ id }) => id)]));
  const wanted = planSamples(study, ids).filter(({ model }) => models?.includes(model) ?? true);

  const modelOf = new Map(study.models.map((model) => [model.name, model]));
  const byName = new Map<string, { key: SampleKey; planned: number; missing: SampleKey[] }>();
  for (const key of wanted) {
    const name = `${key.model} ${key.method} ${key.prompt} ${key.dataset}`;
    const entry = byName.get(name) ?? { key, planned: 0, missing: [] };
    byName.set(name, entry);
    entry.planned += 1;
    const model = modelOf.get(key.model);
    const sample = have.get(keyOf(key));
    if (sample === undefined) entry.missing.push(key);
    else if (model?.endpoint !== undefined) checkDecoding(name, sample, decodingOf(study, key, model.route));
  }

  const configurations: Configuration[] = [];
  let notGenerated = 0;
  for (const [name, { key, planned, missing }] of byName) {
    const model = modelOf.get(key.model);
    if (missing.length === 0 || model === undefined) continue;
    if (model.endpoint === undefined) notGenerated += missing.length;
    else {
      checkRoute(key.prompt, model.route, model.name);
      configurations.push({ name, model, method: methodNamed(key.method), planned, missing });
    }
  }
  return { configurations, recorded: wanted.filter((key) => have.has(keyOf(key))).length, notGenerated };
}

function checkModels({ models }: Study, wanted: readonly string[] | undefined): void {
  for (const name of wanted ?? []) {
    const model = models.find((candidate) => candidate.name === name);
    if (model === undefined)
      throw new InputError(`run.json has no model "${name}"; it has ${models.map((known) => known.name).join(", ")}`);
    if (model.endpoint === undefined)
      throw new InputError(
        `model "${name}" has no endpoint in run.json: add one, or import its samples with \`safelab import\``,
      );
  }
}
