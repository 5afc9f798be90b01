import { setMaxListeners } from "node:events";
import * as http from "node:http";
import * as https from "node:https";

/** One request, and how long the whole answer may take. */
export interface PostedText {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

// Servers close what has been idle for 5 s: a connection is not used again so late.
const idle = { keepAlive: true, timeout: 4000 };
const agents = { "http:": new http.Agent(idle), "https:": new https.Agent(idle) };

/**
 * Posts a text and reads the whole answer. Goes over Node's own client, whose connections stay open between requests: a search makes hundreds of
 * small ones, and `fetch` spends twice the processor time on each.
 *
 * @throws Error where there is no whole answer: the connection's, or one by the name of `TimeoutError` or `AbortError`.
 */
export async function postText(
  address: string,
  { headers, body, timeoutMs, signal }: PostedText,
): Promise<{ readonly status: number; readonly text: string }> {
  const ended = (name: string) => Object.assign(new Error(`the request was ended (${name})`), { name });
  if (signal?.aborted === true) throw ended("AbortError");
  const url = new URL(address);
  const [send, agent] = url.protocol === "https:" ? [https.request, agents["https:"]] : [http.request, agents["http:"]];
  const length = String(Buffer.byteLength(body));
  return new Promise((resolve, reject) => {
    const options = { method: "POST", agent, headers: { ...headers, "content-length": length } };
    const posting = send(url, options, (answer) => {
      const parts: Buffer[] = [];
      answer.on("data", (part: Buffer) => parts.push(part));
      answer.on("error", reject);
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(parts).toString() }));
    });
    const abort = () => posting.destroy(ended("AbortError"));
    if (signal !== undefined) setMaxListeners(0, signal);
    signal?.addEventListener("abort", abort, { once: true });
    const timer = setTimeout(() => posting.destroy(ended("TimeoutError")), timeoutMs);
    posting.on("error", reject);
    posting.on("close", () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
    });
    posting.end(body);
  });
}
