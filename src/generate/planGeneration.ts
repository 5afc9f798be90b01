import { InputError } from "../error.js";
import { planSamples } from "../record/planSamples.js";
import type { Sample, SampleKey } from "../record/schema/sample.js";
import type { MethodOptions, Study, StudyModel } from "../record/schema/study.js";
import type { Task } from "../task/task.js";
import { endpointAddress, endpointHost } from "./endpointAddress.js";
import { checkDecoding, decodingOf } from "./decoding.js";
import { type Method } from "./methods/method.js";
import { methodNamed, methods as known } from "./methods/methodNamed.js";
import { optionsOf } from "./methods/optionsOf.js";
import { checkRoute } from "./prompts.js";
import type { PromptTemplates } from "./promptTemplates.js";
import { reachOf } from "./reachOf.js";

/** One configuration of a run, with the samples that it lacks. */
export interface Configuration {
  /** Data set, prompt, model and method in words. */
  readonly name: string;
  /** The model as the method reaches it. */
  readonly model: StudyModel;
  readonly method: Method;
  readonly options: MethodOptions | undefined;
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

/** The values that name a sample, as one string. */
export const keyOf = (key: SampleKey) =>
  JSON.stringify([key.dataset, key.task, key.prompt, key.model, key.method, key.repeat, key.index]);

/** What a plan takes besides the study, its tasks and its samples. */
export interface PlanOptions {
  /** Names of the models to generate for; all by default. */
  readonly models?: readonly string[];
  /** Methods of the user's own. */
  readonly methods?: readonly Method[];
  /** Names of the user's own models, which need no endpoint. */
  readonly ownModels?: readonly string[];
  /** The study's own prompt texts, where it names some. */
  readonly templates?: PromptTemplates;
}

/**
 * Divides a study into configurations and finds what each lacks; a sample whose endpoint failed counts as missing.
 *
 * @throws InputError for an unknown model, method, option or task, for a method that cannot be used on a model, and where samples of
 *   a model were made with other decoding or options than the study's.
 */
export function planGeneration(
  study: Study,
  tasks: ReadonlyMap<string, readonly Task[]>,
  samples: readonly Sample[],
  options: PlanOptions = {},
): GenerationPlan {
  checkModels(study, options);
  checkOptions(study);
  const have = new Map(samples.filter(({ status }) => status !== "endpointFailed").map((each) => [keyOf(each), each]));
  const ids = new Map([...tasks].map(([name, list]) => [name, list.map(({ id }) => id)]));
  const wanted = planSamples(study, ids).filter(({ model }) => options.models?.includes(model) ?? true);
  const planned = new Set(wanted.map(keyOf));

  const modelOf = new Map(study.models.map((model) => [model.name, model]));
  const canAsk = ({ name, endpoint }: StudyModel) =>
    endpoint !== undefined || options.ownModels?.includes(name) === true;
  const byName = new Map<string, { key: SampleKey; planned: number; missing: SampleKey[] }>();
  for (const key of wanted) {
    const name = `${key.model} ${key.method} ${key.prompt} ${key.dataset}`;
    const entry = byName.get(name) ?? { key, planned: 0, missing: [] };
    byName.set(name, entry);
    entry.planned += 1;
    const model = modelOf.get(key.model);
    const method = methodIn(key.method, options);
    const sample = have.get(keyOf(key));
    if (sample === undefined) entry.missing.push(key);
    else if (model !== undefined && canAsk(model) && method !== undefined)
      checkDecoding(
        name,
        sample,
        decodingOf(study, key, {
          route: reachOf(model, method).route,
          options: optionsOf(study, method),
          templates: options.templates,
        }),
      );
  }

  const configurations: Configuration[] = [];
  let notGenerated = 0;
  for (const [name, { key, planned: count, missing }] of byName) {
    const declared = modelOf.get(key.model);
    if (missing.length === 0 || declared === undefined) continue;
    if (!canAsk(declared)) {
      notGenerated += missing.length;
      continue;
    }
    const method = methodIn(key.method, options) ?? methodNamed(key.method);
    const model = reachOf(declared, method);
    checkReach(model, method, options);
    if (method.check === undefined) checkRoute(key.prompt, model.route, model.name);
    else method.check(model, key.prompt);
    checkAccess(model, method);
    if (method.needs?.includes("baseline") === true)
      checkBaseline(study, missing, (base) => planned.has(base) || have.has(base));
    configurations.push({ name, model, method, options: optionsOf(study, method), planned: count, missing });
  }
  return { configurations, recorded: wanted.filter((key) => have.has(keyOf(key))).length, notGenerated };
}

function methodIn(name: string, { methods = [] }: PlanOptions): Method | undefined {
  return [...methods, ...known].find((method) => method.name === name);
}

/** The key of the baseline's sample that stands beside a sample. */
export function baselineKey({ baseline }: Study, key: SampleKey): SampleKey {
  const { dataset, task, prompt, model, repeat, index } = key;
  return { dataset, task, prompt, model, method: baseline, repeat, index };
}

/** @throws InputError for a malformed address, and where a method decodes token by token on a model that gives whole replies. */
function checkReach({ name, endpoint }: StudyModel, method: Method, { ownModels = [] }: PlanOptions): void {
  if (!ownModels.includes(name)) {
    if (endpoint !== undefined && endpoint !== "embedded") endpointAddress(endpoint);
  } else if (method.tokenCount !== undefined)
    throw new InputError(
      `method "${method.name}" decodes token by token, and model "${name}", which is defined in TypeScript, gives whole replies: ` +
        "take the method out of its methods, or give the model an endpoint in its place",
    );
}

/** @throws InputError where a method needs weights or token probabilities of a model that gives replies alone. */
function checkAccess({ name, access, endpoint = "" }: StudyModel, { name: method, traits }: Method): void {
  if (traits.access === "none" || (access !== "none" && endpointHost(endpoint) !== "api.openai.com")) return;
  const needs = traits.access === "full" ? "weights" : "token probabilities";
  const says = access === "none" ? 'run.json says of it ("access": "none")' : "all models of api.openai.com do";
  throw new InputError(
    `method "${method}" needs the model's ${needs}, and model "${name}" gives replies alone, as ${says}: leave the method out of its "methods"`,
  );
}

function checkBaseline(study: Study, missing: readonly SampleKey[], isThere: (key: string) => boolean): void {
  if (missing[0]?.method === study.baseline)
    throw new InputError(
      `method "${study.baseline}" reads what the scanners found in the samples of the study's baseline, and run.json makes it the baseline itself: ` +
        'add "base" to "methods" and set "baseline": "base"',
    );
  const lone = missing.find((key) => !isThere(keyOf(baselineKey(study, key))));
  if (lone === undefined) return;
  throw new InputError(
    `method "${lone.method}" reads what the scanners found in the "${study.baseline}" samples, and run.json asks for none of model ` +
      `"${lone.model}" on ${lone.dataset} ${lone.task} (${lone.prompt}): add "${study.baseline}" to its methods`,
  );
}

/** Options of a method that nobody asks for are a slip of the pen. */
function checkOptions({ options, methods, models }: Study): void {
  const asked = new Set([...methods, ...models.flatMap((model) => model.methods ?? [])]);
  const stray = Object.keys(options).find((name) => !asked.has(name));
  if (stray === undefined) return;
  throw new InputError(
    `run.json gives options to the method "${stray}", which the study does not ask for: it asks for ${[...asked].join(", ")}`,
  );
}

function checkModels({ models }: Study, { models: wanted = [], ownModels = [] }: PlanOptions): void {
  for (const name of wanted) {
    const model = models.find((candidate) => candidate.name === name);
    if (model === undefined)
      throw new InputError(`run.json has no model "${name}"; it has ${models.map((known) => known.name).join(", ")}`);
    if (model.endpoint === undefined && !ownModels.includes(name))
      throw new InputError(
        `model "${name}" has no endpoint in run.json: add one, or import its samples with \`safelab import\``,
      );
  }
}
