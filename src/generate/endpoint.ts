import { setMaxListeners } from "node:events";
import OpenAI from "openai";
import { InterruptedError } from "../error.js";
import type { RequestParameter } from "../record/schema/sample.js";
import { endpointAddress } from "./endpointAddress.js";
import { failureOf } from "./failureOf.js";
import type { Route, Sent } from "./prompts.js";
import { isSpentOnReasoning } from "./refusedParameter.js";
import { type OfferedModel, offeredModels, requestText } from "./requestText.js";
import { saidErrors } from "./saidErrors.js";
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
  /** Parameters that the server refuses: these are not sent. */
  readonly unsupported?: readonly RequestParameter[];
  /** Texts that end a completion; `completionStops` where absent. */
  readonly stops?: readonly string[];
  /** The JSON schema that a chat reply is to follow (`response_format`), for servers that know it. */
  readonly schema?: Readonly<Record<string, unknown>>;
}

/** What became of a request. `seconds` includes failed attempts, `faults` says what was wrong with them, and with the answer's token counts. */
export type Answer = { readonly faults?: readonly string[] } & (
  | {
      readonly ok: true;
      readonly reply: string;
      readonly finishReason: string | null;
      readonly tokens: { prompt: number; completion: number } | null;
      readonly seconds: number;
    }
  | { readonly ok: false; readonly error: string; readonly status: number | null; readonly seconds: number }
);

/** Told that a request is made again: what went wrong, and the wait. */
export type OnRetry = (words: string) => void;

/** A model on a server. */
export interface Endpoint {
  readonly served: string;
  readonly route: Route;
  /** The model's name and the server's address without credentials, as records say it. */
  readonly shown: string;
  /** Asks for text. A fault of the server is an answer. @throws InterruptedError when `signal` was aborted. */
  ask(ask: Ask, signal?: AbortSignal, onRetry?: OnRetry): Promise<Answer>;
  /** The models that the server offers, or the fault. @throws InterruptedError as `ask`. */
  models(
    signal?: AbortSignal,
  ): Promise<{ ok: true; models: OfferedModel[] } | { ok: false; error: string; status: number | null }>;
}

/** The longest wait that a server can ask for between two attempts. */
const longestWaitMs = 60_000;

const seconds = (ms: number) => `${Math.round(ms / 100) / 10} s`;

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
    fetch: saidErrors,
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
  const persist = async <T>(
    call: (signal: AbortSignal) => Promise<T>,
    signal: AbortSignal | undefined,
    onRetry?: OnRetry,
  ) => {
    const faults: string[] = [];
    for (let tries = 1; ; tries += 1) {
      const result = await attempt(call, signal);
      if (result.ok) return { ...result, faults };
      const { error, mayPass, retryAfterMs } = result;
      const tried = tries === 1 ? "" : ` (after ${tries} attempts)`;
      if (!mayPass || tries > maxRetries) return { ...result, error: `${error}${tried}`, faults };
      // Whoever is asked to come back tomorrow is told so now.
      if ((retryAfterMs ?? 0) > longestWaitMs)
        return { ...result, error: `${error}; the server asks to wait ${seconds(retryAfterMs ?? 0)}${tried}`, faults };
      faults.push(error);
      const ms = retryAfterMs ?? Math.min(backoffMs * 2 ** (tries - 1), 30_000);
      onRetry?.(`${error.slice(0, 60)}, again in ${seconds(ms)}`);
      await wait(ms, signal);
    }
  };

  return {
    served,
    route,
    shown: `${served} ${options.shownAs ?? `at ${address.shown}`}`,
    async ask(ask, signal, onRetry) {
      const start = performance.now();
      const result = await persist((both) => requestText(client, { served, isVllm }, ask, both), signal, onRetry);
      const told = { seconds: Math.round(performance.now() - start) / 1000 };
      if (!result.ok && isSpentOnReasoning(result)) {
        // A model that used its tokens up before it said a word has answered, with nothing; not every server puts it so.
        const nothing = { reply: "", finishReason: "length", tokens: null };
        return { ok: true, ...nothing, ...told, faults: [...result.faults, result.error] };
      }
      if (!result.ok)
        return { ok: false, error: result.error, status: result.status, ...told, ...faultsOf(result.faults) };
      const { fault, ...value } = result.value;
      return { ok: true, ...value, ...told, ...faultsOf([...result.faults, ...(fault === undefined ? [] : [fault])]) };
    },
    async models(signal) {
      const result = await persist((both) => offeredModels(client, both), signal);
      return result.ok ? { ok: true, models: result.value } : { ok: false, error: result.error, status: result.status };
    },
  };
}

function faultsOf(faults: readonly string[]): Pick<Answer, "faults"> {
  return faults.length === 0 ? {} : { faults };
}
