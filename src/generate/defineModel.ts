import { inspect } from "node:util";
import { z } from "zod";
import { InputError, InterruptedError, reasonOf } from "../error.js";
import type { Answer, Ask, Endpoint } from "./endpoint.js";
import type { Route } from "./prompts.js";

/** A model that your own code asks. */
export interface ModelDefinition {
  /** As in run.json, where it needs no endpoint. */
  readonly name: string;
  /** Whether it takes chat messages (default) or text to continue. */
  readonly route?: Route;
  /** What it answers; the reply alone, or with why it ended and what it cost. What it throws, and what is neither, is a failed request. */
  readonly reply: (ask: Ask, signal?: AbortSignal) => Promise<string | OwnReply>;
  /** Requests at the same time; 1 by default. */
  readonly concurrency?: number;
}

/** A reply with more than its text. */
export interface OwnReply {
  readonly reply: string;
  /** `length` where the reply was cut off. */
  readonly finishReason?: string | null;
  readonly tokens?: { prompt: number; completion: number } | null;
}

/** A model of your own, ready to be asked. */
export interface OwnModel {
  readonly name: string;
  readonly endpoint: Endpoint;
  readonly concurrency: number;
}

/**
 * A model of your own, behind any interface: hand it to `generateRun` (`ownModels`). The study names it without an endpoint.
 *
 * @example
 * const echo = defineModel({ name: "echo", reply: async ({ sent }) => "```python\ndef f():\n    pass\n```" });
 * const run = await initRun("../out/echo", { name: "echo", datasets: [{ name: "demo-cases", tasks: 2 }],
 *   models: [{ name: "echo" }], methods: ["base"], prompts: ["nl"] });
 * await generateRun(run, { ownModels: [echo] });
 * @throws InputError for an empty name, a `reply` that is no function, an unknown route, and a concurrency that is no number from 1.
 */
export function defineModel({ name, route = "chat", reply, concurrency = 1 }: ModelDefinition): OwnModel {
  checkDefinition(name, route, reply, concurrency);
  const endpoint: Endpoint = {
    ...{ served: name, route, shown: `${name} (defined in TypeScript)` },
    async ask(ask, signal): Promise<Answer> {
      const start = performance.now();
      const seconds = () => Math.round(performance.now() - start) / 1000;
      try {
        return { ok: true, ...wholeReply(name, await reply(ask, signal)), seconds: seconds() };
      } catch (thrown) {
        if (signal?.aborted === true) throw new InterruptedError("generation was stopped");
        return { ok: false, error: reasonOf(thrown), status: null, seconds: seconds() };
      }
    },
    models: () => Promise.resolve({ ok: true, models: [{ name, isVllm: false }] }),
  };
  return { name, endpoint, concurrency };
}

const count = z.number().int().min(0);
const Reply = z.object({
  reply: z.string(),
  finishReason: z.string().nullish(),
  tokens: z.object({ prompt: count, completion: count }).nullish(),
});

/** A reply with what it leaves open. @throws RangeError for what is none. */
function wholeReply(name: string, answer: unknown) {
  const parsed = Reply.safeParse(typeof answer === "string" ? { reply: answer } : answer);
  if (!parsed.success) {
    const given = inspect(answer, { depth: 1, maxStringLength: 60, maxArrayLength: 3, breakLength: Infinity });
    throw new RangeError(
      `model "${name}" must reply with a text or { reply: text }, not ${given.slice(0, 200)}: see to its \`reply\``,
    );
  }
  const { reply, finishReason = "stop", tokens = null } = parsed.data;
  return { reply, finishReason, tokens };
}

function checkDefinition(name: unknown, route: unknown, reply: unknown, concurrency: unknown): void {
  if (typeof name !== "string" || name.trim() === "")
    throw new InputError("a model needs a name: it stands in run.json and in every record");
  const complain = (what: string) => new InputError(`model "${name}": ${what}`);
  if (typeof reply !== "function")
    throw complain(`\`reply\` is ${inspect(reply, { depth: 0 })}, and must be a function that answers a request`);
  if (route !== "chat" && route !== "completion")
    throw complain(`\`route\` is ${inspect(route, { depth: 0 })}, and must be "chat" or "completion"`);
  if (!Number.isSafeInteger(concurrency) || Number(concurrency) < 1)
    throw complain(`\`concurrency\` is ${inspect(concurrency, { depth: 0 })}, and must be a whole number from 1`);
}
