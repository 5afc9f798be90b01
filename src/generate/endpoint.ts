import { setMaxListeners } from "node:events";
import OpenAI from "openai";
import { InterruptedError } from "../error.js";
import { endpointAddress } from "./endpointAddress.js";
import { failureOf } from "./failureOf.js";
import type { Route, Sent } from "./prompts.js";
import { type OfferedModel, offeredModels, requestText } from "./requestText.js";
import { wait } from "./wait.js";

/** Where a model is, and how patient to be with its server. */
export interface EndpointOptions {
  /** Address of an OpenAI-compatible server, up to and with `/v1`. */
  readonly address: string;
  /** The model's name on that server. */
  readonly served: string;
  readonly route: Route;
  readonly key?: string;
  /** Whether the server is vLLM, whose own sampling settings requests then switch off. */
  readonly isVllm?: boolean;
  /** What records say in place of the address. */
  readonly shownAs?: string;
  /** Attempts after the first, where a fault may pass; each waits twice as long as the one before, or as the server says. */
  readonly maxRetries?: number;
  /** Wait before the first retry. */
  readonly backoffMs?: number;
  /** Time for one attempt, from request to last byte. Node itself ends one whose headers take 300 s. */
  readonly timeoutMs?: number;
}

/** One request for text. */
export interface Ask {
  readonly sent: Sent;
  readonly seed: number;
  readonly temperature: number;
  readonly topP: number;
  readonly maxTokens: number;
  /** Texts that end a completion; `completionStops` where absent. */
  readonly stops?: readonly string[];
  /** The JSON schema that a chat reply is to follow (`response_format`), for servers that know it. */
  readonly schema?: Readonly<Record<string, unknown>>;
}

/** What became of a request. `seconds` includes failed attempts. */
export type Answer =
  | {
      readonly ok: true;
      readonly reply: string;
      readonly finishReason: string | null;
      readonly tokens: { prompt: number; completion: number } | null;
      readonly seconds: number;
    }
  | { readonly ok: false; readonly error: string; readonly status: number | null; readonly seconds: number };

/** A model on a server. */
export interface Endpoint {
  readonly served: string;
  readonly route: Route;
  /** The model's name and the server's address without credentials, as records say it. */
  readonly shown: string;
  /** Asks for text. A fault of the server is an answer. @throws InterruptedError when `signal` was aborted. */
  ask(ask: Ask, signal?: AbortSignal): Promise<Answer>;
  /** The models that the server offers, or the fault. @throws InterruptedError as `ask`. */
  models(
    signal?: AbortSignal,
  ): Promise<{ ok: true; models: OfferedModel[] } | { ok: false; error: string; status: number | null }>;
}

/**
 * A client for a model on an OpenAI-compatible server (vLLM, llama.cpp, OpenAI). Rate limits, server errors, broken connections,
 * cut-off or malformed answers and time-outs are tried again.
 *
 * @throws InputError for a malformed address.
 */
export function openEndpoint(options: EndpointOptions): Endpoint {
  const { served, route, key, isVllm = false, maxRetries = 4, backoffMs = 500, timeoutMs = 290_000 } = options;
  const address = endpointAddress(options.address);
  const secrets = [...address.secrets, ...(key === undefined || key === "" ? [] : [key])];
  const authorization =
    key !== undefined ? `Bearer ${key}` : address.basic === undefined ? null : `Basic ${address.basic}`;
  // Everything that the package would else take from OPENAI_… variables is given, so that no key goes to another server.
  const client = new OpenAI({
    baseURL: address.shown,
    apiKey: "unused",
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    logLevel: "off",
    maxRetries: 0,
    timeout: timeoutMs,
    defaultHeaders: { Authorization: authorization },
    defaultQuery: { ...address.query },
  });

  const attempt = async <T>(call: (signal: AbortSignal) => Promise<T>, signal: AbortSignal | undefined) => {
    // AbortSignal.timeout and AbortSignal.any would each keep something alive until the time is up, long after the answer.
    const controller = new AbortController();
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      controller.abort();
    }, timeoutMs);
    const stop = () => controller.abort();
    if (signal !== undefined) setMaxListeners(0, signal);
    signal?.addEventListener("abort", stop, { once: true });
    if (signal?.aborted === true) stop();
    try {
      return { ok: true as const, value: await call(controller.signal) };
    } catch (thrown) {
      if (signal?.aborted === true) throw new InterruptedError("generation was stopped");
      return failureOf(thrown, { secrets, timedOutMs: timedOut ? timeoutMs : null });
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", stop);
    }
  };
  const persist = async <T>(call: (signal: AbortSignal) => Promise<T>, signal: AbortSignal | undefined) => {
    for (let tries = 1; ; tries += 1) {
      const result = await attempt(call, signal);
      if (result.ok) return result;
      if (!result.mayPass || tries > maxRetries) {
        return { ...result, error: tries === 1 ? result.error : `${result.error} (after ${tries} attempts)` };
      }
      await wait(result.retryAfterMs ?? Math.min(backoffMs * 2 ** (tries - 1), 30_000), signal);
    }
  };

  return {
    served,
    route,
    shown: `${served} ${options.shownAs ?? `at ${address.shown}`}`,
    async ask(ask, signal) {
      const start = performance.now();
      const result = await persist((both) => requestText(client, { served, isVllm }, ask, both), signal);
      const seconds = Math.round(performance.now() - start) / 1000;
      if (result.ok) return { ok: true, ...result.value, seconds };
      return { ok: false, error: result.error, status: result.status, seconds };
    },
    async models(signal) {
      const result = await persist((both) => offeredModels(client, both), signal);
      return result.ok ? { ok: true, models: result.value } : { ok: false, error: result.error, status: result.status };
    },
  };
}
