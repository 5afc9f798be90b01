import { afterEach, expect, test } from "vitest";
import { openEndpoint } from "../../src/generate/endpoint.js";
import { sendJson, startStub } from "./stubServer.js";

const closing: (() => Promise<void>)[] = [];
afterEach(() => Promise.all(closing.splice(0).map((close) => close())));

/** What is said of an error with this body. */
async function saidOf(body: unknown): Promise<unknown> {
  const stub = await startStub((_, response) => sendJson(response, 400, body));
  closing.push(() => stub.close());
  const endpoint = openEndpoint({ address: stub.address, served: "m", route: "chat", maxRetries: 0 });
  const sent = { messages: [{ role: "user" as const, content: "hi" }] };
  const answer = await endpoint.ask({ sent, seed: 1, temperature: 0, topP: 1, maxTokens: 2 });
  return answer.ok ? "no error" : answer.error;
}

test.each([
  ["OpenAI", { error: { message: "no", type: "t" }, message: "other" }, "HTTP 400 no"],
  ["FastAPI", { detail: "no such model" }, "HTTP 400 no such model"],
  ["older vLLM", { object: "error", message: "too long", detail: "other", code: 400 }, "HTTP 400 too long"],
  ["another kind", { reason: "odd" }, 'HTTP 400 {"reason":"odd"}'],
  ["Gemini, in a list", [{ error: { message: "bad" } }], 'HTTP 400 [{"error":{"message":"bad"}}]'],
])("the words of an error are those of a server like %s", async (_, body, words) => {
  expect(await saidOf(body)).toBe(words);
});
