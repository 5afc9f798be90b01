import type { PromptKind, Sample } from "../record/schema/sample.js";
import type { Study, StudyModel } from "../record/schema/study.js";
import type { Task } from "../task/task.js";
import type { Most } from "./methods/method.js";
import { defaultConcurrency } from "./openModel.js";
import type { Configuration } from "./planGeneration.js";
import { promptFor, type Route } from "./prompts.js";
import type { PromptTemplates } from "./promptTemplates.js";

/** The most that the missing samples of one model and method ask of its server. */
export interface PlannedWork {
  readonly model: StudyModel;
  readonly method: string;
  readonly samples: number;
  /** Calls of the model; `isMost` where the method may do with fewer. */
  readonly calls: number;
  readonly isMost: boolean;
  /** Sequences that one call continues: beams, else 1. */
  readonly sequences: number;
  /** Generated tokens, at most. */
  readonly tokens: number;
  /** Tokens of prompts, about: what is sent for the tasks at four characters a token, and the replies that later prompts hold, at most. */
  readonly promptTokens: number;
  /** Most that it costs, in the currency of the model's `price`. */
  readonly cost?: number;
  /** By those of the samples that are there; absent where there are none. */
  readonly seconds?: PlannedSeconds;
}

/**
 * Time to come, by the samples that are there. `total`: seconds of requests, one after the other. `measured`: how many samples are there. `atOnce`: how many are asked for at
 * a time, but no more than were when the time was measured, since a server that answers more at a time takes longer for each.
 */
export interface PlannedSeconds {
  readonly total: number;
  readonly measured: number;
  readonly atOnce: number;
}

const charactersPerToken = 4;

/** About what is sent for a task; methods that continue code from a natural-language prompt send it in a form of their own. */
function textOf(task: Task, prompt: PromptKind, route: Route, templates: PromptTemplates | undefined): string {
  const sent = promptFor(task, prompt, prompt === "nl" ? "chat" : route, { templates });
  return "prompt" in sent ? sent.prompt : sent.messages.map(({ content }) => content).join("");
}

/** How many of so many samples are asked for at a time: the embedded model and the server of a learned prefix take one. */
function atOnceOf({ endpoint }: StudyModel, own: readonly Sample[], count: number): number {
  if (endpoint === "embedded" || own.some(({ prefix }) => prefix !== undefined)) return 1;
  return Math.min(defaultConcurrency, own.length, count);
}

/** The calls of a method that does not say how many it makes: one. */
const single = (maxTokens: number): Most => ({ calls: 1, sequences: 1, tokens: maxTokens, carried: 0 });

/**
 * What is to be asked of the models for the samples that a run lacks, one entry for each model and method, in the order of the configurations.
 *
 * @param samples those that are there; their seconds are the measure of what is to come
 */
export function planWork(
  study: Study,
  configurations: readonly Configuration[],
  {
    tasks,
    samples,
    templates,
  }: {
    readonly tasks: ReadonlyMap<string, readonly Task[]>;
    readonly samples: readonly Sample[];
    readonly templates?: PromptTemplates;
  },
): PlannedWork[] {
  const byId = new Map([...tasks].map(([name, list]) => [name, new Map(list.map((task) => [task.id, task]))]));
  const { maxTokens } = study.decoding;
  const works = new Map<string, PlannedWork>();
  for (const { model, method, options, missing } of configurations) {
    const most = method.most?.(options ?? {}, maxTokens) ?? single(maxTokens);
    const texts = missing.map(({ dataset, task: id, prompt }) => {
      const task = byId.get(dataset)?.get(id);
      return task === undefined ? "" : textOf(task, prompt, model.route, templates);
    });
    const ownTokens = texts.reduce((sum, text) => sum + Math.ceil(text.length / charactersPerToken), 0);
    const key = JSON.stringify([model.name, method.name]);
    const before = works.get(key);
    const own = samples.filter(
      (each) =>
        each.model === model.name &&
        each.method === method.name &&
        each.status !== "endpointFailed" &&
        each.rounds.length > 0,
    );
    const count = missing.length + (before?.samples ?? 0);
    const secondsOf = (sample: Sample) => sample.rounds.reduce((sum, { seconds }) => sum + seconds, 0);
    const mean = own.reduce((sum, sample) => sum + secondsOf(sample), 0) / Math.max(1, own.length);
    const tokens = (before?.tokens ?? 0) + missing.length * most.tokens;
    const promptTokens =
      (before?.promptTokens ?? 0) + ownTokens * most.calls * most.sequences + missing.length * most.carried;
    const { price } = model;
    works.set(key, {
      ...{ model, method: method.name, samples: count, isMost: most.calls > 1 || (before?.isMost ?? false) },
      ...{ calls: (before?.calls ?? 0) + missing.length * most.calls, sequences: most.sequences, tokens, promptTokens },
      ...(price === undefined ? {} : { cost: (promptTokens * price.prompt + tokens * price.completion) / 1_000_000 }),
      ...(own.length === 0
        ? {}
        : { seconds: { total: mean * count, measured: own.length, atOnce: atOnceOf(model, own, count) } }),
    });
  }
  return [...works.values()];
}
