import { InputError, InterruptedError, reasonOf } from "../error.js";
import type { Answer, Ask, Endpoint } from "./endpoint.js";
import type { Route } from "./prompts.js";

/** A model that your own code asks. */
export interface ModelDefinition {
  /** As in run.json, where it needs no endpoint. */
  readonly name: string;
  /** Whether it takes chat messages (default) or text to continue. */
  readonly route?: Route;
  /** What it answers; the reply alone, or with why it ended and what it cost. What it throws is a failed request. */
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
 * @throws InputError for an empty name.
 */
export function defineModel({ name, route = "chat", reply, concurrency = 1 }: ModelDefinition): OwnModel {
  if (name.trim() === "") throw new InputError("a model needs a name: it stands in run.json and in every record");
  const endpoint: Endpoint = {
    ...{ served: name, route, shown: `${name} (defined in TypeScript)` },
    async ask(ask, signal): Promise<Answer> {
      const start = performance.now();
      const seconds = () => Math.round(performance.now() - start) / 1000;
      try {
        const answer = await reply(ask, signal);
        const whole = typeof answer === "string" ? { reply: answer } : answer;
        return { ok: true, finishReason: "stop", tokens: null, ...whole, seconds: seconds() };
      } catch (thrown) {
        if (signal?.aborted === true) throw new InterruptedError("generation was stopped");
        return { ok: false, error: reasonOf(thrown), status: null, seconds: seconds() };
      }
    },
    models: () => Promise.resolve({ ok: true, models: [{ name, isVllm: false }] }),
  };
  return { name, endpoint, concurrency };
}
