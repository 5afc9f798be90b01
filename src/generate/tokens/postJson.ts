import { InterruptedError } from "../../error.js";
import { failureOf } from "../failureOf.js";
import { wait } from "../wait.js";
import { postText } from "./postText.js";
import { EndpointFault } from "./tokenSteps.js";

/** Where requests go, how they are let in, and how patient they are. */
export interface JsonServer {
  /** Address of the server without `/v1`. */
  readonly root: string;
  readonly authorization: string | undefined;
  readonly secrets: readonly string[];
  readonly maxRetries?: number;
  readonly timeoutMs?: number;
}

/** How an answer is read, and what ends the request. */
export interface PostOptions<T> {
  readonly read?: (text: string) => T;
  /** Told what went wrong with an attempt that is made again. */
  readonly onFault?: ((words: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Posts JSON and reads JSON; what may pass is tried again, each time after twice the wait.
 *
 * @throws EndpointFault with the server's words, InterruptedError when `signal` was aborted.
 */
export async function postJson<T = unknown>(
  server: JsonServer,
  path: string,
  body: object,
  { signal, onFault, read = (text) => JSON.parse(text) as T }: PostOptions<T> = {},
): Promise<T> {
  const { maxRetries = 3 } = server;
  for (let tries = 1; ; tries += 1) {
    const result = await attempt(server, path, body, { signal, read });
    if (result.ok) return result.value;
    if (!result.mayPass || tries > maxRetries) throw new EndpointFault(`${path}: ${result.error}`);
    onFault?.(result.error);
    await wait(500 * 2 ** (tries - 1), signal);
  }
}

async function attempt<T>(
  { root, authorization, secrets, timeoutMs = 120_000 }: JsonServer,
  path: string,
  body: object,
  { signal, read }: Required<Pick<PostOptions<T>, "read" | "signal">>,
) {
  const headers = { "content-type": "application/json", ...(authorization === undefined ? {} : { authorization }) };
  try {
    const sent = { headers, body: JSON.stringify(body), timeoutMs, signal };
    const { status, text } = await postText(`${root}${path}`, sent);
    if (status >= 200 && status < 300) return { ok: true as const, value: read(text) };
    const mayPass = status === 429 || status >= 500;
    const words = secrets.reduce((said, secret) => said.replaceAll(secret, "[secret]"), text.slice(0, 300));
    return { ok: false as const, error: `HTTP ${status} ${words}`, mayPass };
  } catch (thrown) {
    if (thrown instanceof EndpointFault) throw thrown;
    if (signal?.aborted === true) throw new InterruptedError("generation was stopped");
    const isLate = thrown instanceof Error && thrown.name === "TimeoutError";
    return failureOf(thrown, { secrets, timedOutMs: isLate ? timeoutMs : null });
  }
}
