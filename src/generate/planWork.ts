import type { PromptKind, Sample } from "../record/schema/sample.js";
import type { Study, StudyModel } from "../record/schema/study.js";
import type { Task } from "../task/task.js";
import type { Most } from "./methods/method.js";
import { embeddedPace } from "./embeddedServer.js";
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
  /** Where there are none: what can be said nevertheless. */
  readonly assumed?: AssumedSeconds;
}

/**
 * Time to come, by the samples that are there. `total`: seconds of requests, one after the other, where samples take as long as those; `most`: where each makes all the calls
 * that it may make, each as long as theirs; absent where that is what it makes. `measured`: how many samples are there. `atOnce`: how many are asked for at
 * a time, but no more than were when the time was measured, since a server that answers more at a time takes longer for each.
 */
export interface PlannedSeconds {
  readonly total: number;
  readonly most?: number;
  readonly measured: number;
  readonly atOnce: number;
}

/** The most seconds of requests, one after the other, of a method without samples; `why` says on what assumption. */
export interface AssumedSeconds {
  readonly most: number;
  readonly atOnce: number;
  readonly why: string;
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

const secondsOf = ({ rounds }: Sample) => sumOf(rounds.map(({ seconds }) => seconds));
/** Calls that a sample made: a round that steers decoding made one a step. */
const callsOf = ({ rounds }: Sample) => sumOf(rounds.map(({ steering }) => steering?.steps ?? 1));
const sumOf = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** What the samples of a method took tells of those to come. */
function measuredSeconds(
  model: StudyModel,
  own: readonly Sample[],
  { count, calls, isMost }: { count: number; calls: number; isMost: boolean },
): PlannedSeconds {
  const spent = sumOf(own.map(secondsOf));
  const most = isMost ? { most: (spent / Math.max(1, sumOf(own.map(callsOf)))) * calls } : {};
  return { total: (spent / own.length) * count, ...most, measured: own.length, atOnce: atOnceOf(model, own, count) };
}

/**
 * What can be said of a method without samples: by the calls of the model's other methods, or by what the embedded model was seen to do. A method that
 * steers decoding asks for one token of each sequence a call: the embedded model computes them one after the other, other servers are taken to compute them at once.
 */
function assumedSeconds(
  model: StudyModel,
  others: readonly Sample[],
  { count, calls, sequences, tokens }: { count: number; calls: number; sequences: number; tokens: number },
): AssumedSeconds | undefined {
  const isEmbedded = model.endpoint === "embedded";
  if (isEmbedded) {
    const rate = sequences === 1 ? embeddedPace.tokens : embeddedPace.sequences;
    const unit = sequences === 1 ? "tokens" : "sequences";
    return {
      most: tokens / rate,
      atOnce: 1,
      why: `the embedded model computes ${rate} ${unit} a second on an idle core`,
    };
  }
  const texts = others.flatMap(({ rounds }) => rounds).filter(({ steering, reply }) => !steering && reply !== null);
  const spent = sumOf(texts.map(({ seconds }) => seconds));
  if (texts.length === 0 || spent === 0) return undefined;
  const atOnce = atOnceOf(model, others, count);
  if (sequences === 1)
    return { most: (spent / texts.length) * calls, atOnce, why: "a call takes as long as those of the other methods" };
  const made = sumOf(texts.map((round) => round.tokens?.completion ?? 0));
  if (made === 0) return undefined;
  return { most: (spent / made) * calls, atOnce, why: "a step takes as long as a token of the other methods" };
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
    const known = samples.filter(
      (each) => each.model === model.name && each.status !== "endpointFailed" && each.rounds.length > 0,
    );
    const own = known.filter((each) => each.method === method.name);
    const count = missing.length + (before?.samples ?? 0);
    const calls = (before?.calls ?? 0) + missing.length * most.calls;
    const isMost = most.calls > 1 || (before?.isMost ?? false);
    const tokens = (before?.tokens ?? 0) + missing.length * most.tokens;
    const promptTokens =
      (before?.promptTokens ?? 0) + ownTokens * most.calls * most.sequences + missing.length * most.carried;
    const { price } = model;
    const { sequences } = most;
    const assumed = own.length > 0 ? undefined : assumedSeconds(model, known, { count, calls, sequences, tokens });
    works.set(key, {
      ...{ model, method: method.name, samples: count, isMost, calls, sequences, tokens, promptTokens },
      ...(price === undefined ? {} : { cost: (promptTokens * price.prompt + tokens * price.completion) / 1_000_000 }),
      ...(own.length === 0 ? {} : { seconds: measuredSeconds(model, own, { count, calls, isMost }) }),
      ...(assumed === undefined ? {} : { assumed }),
    });
  }
  return [...works.values()];
}
