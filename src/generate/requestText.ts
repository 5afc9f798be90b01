import type OpenAI from "openai";
import { z } from "zod";
import { issueText } from "../record/issueText.js";
import { LearnedPrefix } from "../record/schema/sample.js";
import type { Ask } from "./endpoint.js";
import { completionStops } from "./prompts.js";

/** What a server answered. */
export interface AnsweredText {
  readonly reply: string;
  readonly finishReason: string | null;
  readonly tokens: { prompt: number; completion: number } | null;
  /** What is wrong with the token counts, where something is. */
  readonly fault?: string;
}

const finish = { finish_reason: z.string().nullish().catch(null) };
const Usage = z.object({ prompt_tokens: z.number().int().min(0), completion_tokens: z.number().int().min(0) });
const usage = z.unknown().optional();
const ChatAnswer = z.object({
  choices: z.tuple(
    [z.object({ message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }), ...finish })],
    z.unknown(),
  ),
  usage,
});
const CompletionAnswer = z.object({
  choices: z.tuple([z.object({ text: z.string(), ...finish })], z.unknown()),
  usage,
});
const Declared = z
  .object({ name: z.string(), control: z.string(), n_prefix: z.number(), base: z.string(), hash: z.string() })
  .transform(({ n_prefix: nPrefix, ...rest }) => ({ ...rest, nPrefix }))
  .pipe(LearnedPrefix);
const ModelList = z.object({
  data: z.array(
    z.object({ id: z.string(), owned_by: z.string().nullish().catch(null), safelab_prefix: Declared.optional() }),
  ),
});

/**
 * What switches off the sampling settings that vLLM takes from a model's `generation_config.json` where a request leaves them out. OpenAI's API
 * knows none of them.
 */
const vllmNeutral = { top_k: -1, min_p: 0, repetition_penalty: 1 };

/** The decoding of a request as its body names it, without what the server does not take. */
function parametersOf({ seed, temperature, topP, maxTokens, unsupported = [] }: Ask) {
  const all = { seed, temperature, top_p: topP, max_tokens: maxTokens };
  const kept = Object.entries(all).filter(([name]) => !unsupported.some((each) => each === name));
  const limit = unsupported.includes("max_tokens") ? { max_completion_tokens: maxTokens } : {};
  return { ...(Object.fromEntries(kept) as Partial<typeof all>), ...limit };
}

/** Asks a server once, on the route that fits what is sent. A refusal counts as the reply, with `refusal` as reason. */
export async function requestText(
  client: OpenAI,
  { served: model, isVllm }: { readonly served: string; readonly isVllm: boolean },
  ask: Ask,
  signal: AbortSignal,
): Promise<AnsweredText> {
  const { sent, schema, stops = completionStops } = ask;
  const shared = { model, ...parametersOf(ask), stream: false as const, ...(isVllm ? vllmNeutral : {}) };
  if ("messages" in sent) {
    const form = { type: "json_schema" as const, json_schema: { name: "reply", strict: true, schema: { ...schema } } };
    const body = { ...shared, messages: sent.messages, ...(schema === undefined ? {} : { response_format: form }) };
    const answer = parsed(ChatAnswer, await client.chat.completions.create(body, { signal }));
    const [{ message, finish_reason }] = answer.choices;
    const refusal = (message.content ?? "") === "" ? (message.refusal ?? "") : "";
    return {
      reply: refusal === "" ? (message.content ?? "") : refusal,
      finishReason: refusal === "" ? (finish_reason ?? null) : "refusal",
      ...tokensOf(answer.usage),
    };
  }
  const body = { ...shared, prompt: sent.prompt, ...(stops.length === 0 ? {} : { stop: [...stops] }) };
  const answer = parsed(CompletionAnswer, await client.completions.create(body, { signal }));
  const [{ text, finish_reason }] = answer.choices;
  return { reply: text, finishReason: finish_reason ?? null, ...tokensOf(answer.usage) };
}

/** A model that a server offers, and the learned prefix that it declares to put before every prompt. */
export interface OfferedModel {
  readonly name: string;
  readonly isVllm: boolean;
  readonly prefix?: LearnedPrefix;
}

/** The models that a server offers, sorted by name. */
export async function offeredModels(client: OpenAI, signal: AbortSignal): Promise<OfferedModel[]> {
  const page = await client.models.list({ signal });
  return parsed(ModelList, { data: page.data })
    .data.map(({ id, owned_by, safelab_prefix: prefix }) => ({
      name: id,
      isVllm: owned_by === "vllm",
      ...(prefix === undefined ? {} : { prefix }),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The types of the package promise more than a broken server keeps. */
function parsed<T>(schema: z.ZodType<T>, answer: unknown): T {
  const result = schema.safeParse(answer);
  if (result.success) return result.data;
  if (typeof answer === "string") {
    throw new TypeError("HTTP 200 and a text that is not JSON: this does not look like an OpenAI-compatible API");
  }
  throw new TypeError(`the answer is not of the expected form: ${issueText(result.error)}`);
}

/** Token counts; `null` where the server tells none, or none that can be. */
function tokensOf(usage: unknown): Pick<AnsweredText, "tokens" | "fault"> {
  if (usage === undefined || usage === null) return { tokens: null };
  const counts = Usage.safeParse(usage);
  if (!counts.success)
    return { tokens: null, fault: `token counts that are none: ${JSON.stringify(usage).slice(0, 200)}` };
  return { tokens: { prompt: counts.data.prompt_tokens, completion: counts.data.completion_tokens } };
}
