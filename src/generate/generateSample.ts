import type { LearnedPrefix, Round, Sample, SampleKey } from "../record/schema/sample.js";
import type { Study } from "../record/schema/study.js";
import type { Task } from "../task/task.js";
import { decodingOf } from "./decoding.js";
import type { Endpoint } from "./endpoint.js";
import { makeSample } from "./makeSample.js";
import type { Method } from "./methods/method.js";
import type { Sent } from "./prompts.js";

/** Generates one sample. A failing endpoint is its status. @throws InterruptedError when `signal` was aborted. */
export async function generateSample(
  study: Study,
  key: SampleKey,
  options: { task: Task; method: Method; endpoint: Endpoint; prefix?: LearnedPrefix; signal?: AbortSignal },
): Promise<Sample> {
  const { task, method, endpoint, prefix, signal } = options;
  const decoding = decodingOf(study, key, endpoint.route);
  const { temperature, topP, maxTokens, seed } = decoding;
  const ask = async (purpose: string, sent: Sent): Promise<Round> => {
    const answer = await endpoint.ask({ sent, seed, temperature, topP, maxTokens }, signal);
    const round = { purpose, sent, seconds: answer.seconds, endpoint: endpoint.shown };
    if (!answer.ok) return { ...round, reply: null, finishReason: null, tokens: null, error: answer.error };
    return { ...round, reply: answer.reply, finishReason: answer.finishReason, tokens: answer.tokens };
  };
  const result = await method.generate(task, { prompt: key.prompt, route: endpoint.route, ask });
  const sample = makeSample(key, task, { ...result, decoding }, study.policies.repair);
  return prefix === undefined ? sample : { ...sample, prefix };
}
