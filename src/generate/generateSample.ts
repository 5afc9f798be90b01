import type { LearnedPrefix, Round, Sample, SampleKey } from "../record/schema/sample.js";
import type { MethodOptions, Study } from "../record/schema/study.js";
import type { TextScanner } from "../scan/openTextScanner.js";
import type { Task } from "../task/task.js";
import { checkedResult } from "./checkedResult.js";
import { decodingOf, seedOf } from "./decoding.js";
import type { Endpoint } from "./endpoint.js";
import { makeSample } from "./makeSample.js";
import type { BaselineSample, Method, MethodContext } from "./methods/method.js";
import type { Sent } from "./prompts.js";
import type { PromptTemplates } from "./promptTemplates.js";
import type { TokenSteps } from "./tokens/tokenSteps.js";

/** What methods use beside the model's replies, as far as those of the run need it. */
export interface MethodTools {
  readonly scan?: TextScanner;
  readonly baselineOf?: (key: SampleKey) => BaselineSample | undefined;
  readonly tokens?: TokenSteps;
}

export interface GenerateSampleOptions {
  readonly task: Task;
  readonly method: Method;
  /** The method's options, as `optionsOf` gave them. */
  readonly options: MethodOptions | undefined;
  readonly endpoint: Endpoint;
  /** Texts that end a completion, in place of safelab's own. */
  readonly stops?: readonly string[];
  /** What the server puts before every prompt. */
  readonly prefix?: LearnedPrefix;
  readonly tools?: MethodTools;
  /** The study's own prompt texts, where it names some. */
  readonly templates?: PromptTemplates | undefined;
  /** Told of each request that is made: which, in words. */
  readonly onRequest?: (what: string) => void;
  readonly signal?: AbortSignal;
}

/**
 * Generates one sample. A failing endpoint is its status.
 *
 * @throws InputError where the method gives what is no sample.
 * @throws InterruptedError when `signal` was aborted.
 */
export async function generateSample(study: Study, key: SampleKey, use: GenerateSampleOptions): Promise<Sample> {
  const { task, method, options, endpoint, prefix, tools = {}, templates, signal } = use;
  const decoding = decodingOf(study, key, { route: endpoint.route, options, templates });
  const { temperature, topP, maxTokens } = study.decoding;
  const { unsupported } = decoding;
  const seed = seedOf(study, key);
  const tell = (what: string) => use.onRequest?.(what);
  const most = method.most?.(options ?? {}, maxTokens).calls ?? 1;
  let asked = 0;
  const ask = async (purpose: string, sent: Sent, stops = use.stops): Promise<Round> => {
    asked += 1;
    tell(most === 1 ? "" : `${purpose}, request ${asked} of up to ${most}`);
    const how = {
      ...{ seed, temperature, topP, maxTokens },
      ...(unsupported === undefined ? {} : { unsupported }),
      ...(stops === undefined ? {} : { stops }),
    };
    const answer = await endpoint.ask({ sent, ...how }, signal, tell);
    const faults = answer.faults === undefined ? {} : { faults: [...answer.faults] };
    const round = { purpose, sent, seconds: answer.seconds, endpoint: endpoint.shown, ...faults };
    if (!answer.ok) return { ...round, reply: null, finishReason: null, tokens: null, error: answer.error };
    return { ...round, reply: answer.reply, finishReason: answer.finishReason, tokens: answer.tokens };
  };
  const needed = <T>(tool: T | undefined, what: string): T => {
    if (tool === undefined)
      throw new RangeError(`method "${method.name}" uses ${what} without saying so in its \`needs\` or \`tokenCount\``);
    return tool;
  };
  const context: MethodContext = {
    ...{
      prompt: key.prompt,
      route: endpoint.route,
      endpoint: endpoint.shown,
      seed,
      maxTokens,
      options: options ?? {},
      templates,
      ask,
      tell,
    },
    ...(signal === undefined ? {} : { signal }),
    scan: (code) => needed(tools.scan, "scan")(code),
    get baseline() {
      return needed(tools.baselineOf?.(key), "baseline");
    },
    get tokens() {
      return needed(tools.tokens, "tokens");
    },
  };
  const result = checkedResult(await method.generate(task, context), key);
  const sample = makeSample(key, task, { ...result, decoding }, study.policies.repair);
  return prefix === undefined ? sample : { ...sample, prefix };
}
