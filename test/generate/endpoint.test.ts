import { afterEach, beforeEach, expect, test } from "vitest";
import { InputError, InterruptedError } from "../../src/error.js";
import { type Ask, type EndpointOptions, openEndpoint } from "../../src/generate/endpoint.js";
import { type Behaviour, type Stub, sendJson, startStub } from "./stubServer.js";

let stub: Stub;
beforeEach(async () => {
  stub = await startStub(() => "hello");
});
afterEach(() => stub.close());

const chat: Ask = {
  sent: { messages: [{ role: "user", content: "hi" }] },
  seed: 7,
  temperature: 0.5,
  topP: 0.9,
  maxTokens: 20,
};
const open = (options: Partial<EndpointOptions> = {}) =>
  openEndpoint({ address: stub.address, served: "m", route: "chat", backoffMs: 5, ...options });

/** Misbehaves on the first requests, then answers. */
const first = (count: number, fault: Behaviour): Behaviour => {
  return (asked, response) => (stub.asked.length <= count ? fault(asked, response) : "hello");
};

test("a chat request carries the decoding and the seed, its answer the reply, its end and its cost", async () => {
  expect(await open().ask(chat)).toMatchObject({
    ...{ ok: true, reply: "hello", finishReason: "stop", tokens: { prompt: 3, completion: 5 } },
  });
  expect(stub.asked[0]).toMatchObject({
    path: "/v1/chat/completions",
    body: {
      model: "m",
      seed: 7,
      temperature: 0.5,
      top_p: 0.9,
      max_tokens: 20,
      messages: [{ role: "user", content: "hi" }],
    },
  });
});

test("a completion request sends the prompt as it is", async () => {
  const prompt = 'def f():\n    """é"""\n    ';
  expect(await open({ route: "completion" }).ask({ ...chat, sent: { prompt } })).toMatchObject({
    ok: true,
    reply: "hello",
  });
  expect(stub.asked[0]).toMatchObject({ path: "/v1/completions", body: { prompt } });
});

const partial = '{"choices": [{"message": {"cont';
const faults: readonly (readonly [string, Behaviour, RegExp])[] = [
  ["429", (_, response) => sendJson(response, 429, { error: { message: "slow down" } }), /HTTP 429 slow down/],
  ["500", (_, response) => sendJson(response, 500, { error: { message: "oh" } }), /HTTP 500 oh/],
  [
    "503 in HTML",
    (_, response) => void response.writeHead(503).end("<html>busy</html>"),
    /HTTP 503 and a web page: this does not look like an OpenAI-compatible API/,
  ],
  [
    "a page with status 200",
    (_, response) => void response.setHeader("content-type", "text/html").end("<!doctype html><title>Hello</title>"),
    /HTTP 200 and a text that is not JSON: this does not look like an OpenAI-compatible API/,
  ],
  ["a closed socket", (_, response) => void response.destroy(), /no connection \(.*(hang up|closed|ECONNRESET)/],
  ["garbage", (_, response) => void response.setHeader("content-type", "application/json").end("{]"), /not JSON/],
  [
    "another form",
    (_, response) => sendJson(response, 200, { choices: [] }),
    /not of the expected form: field "choices/,
  ],
  ["a text", (_, response) => void response.end("hello"), /HTTP 200 and a text that is not JSON/],
  [
    "an answer that breaks off",
    (_, response) => {
      response.writeHead(200, { "content-type": "application/json", "content-length": "500" }).write(partial);
      setTimeout(() => response.destroy(), 10);
      return undefined;
    },
    /terminated|closed|aborted/,
  ],
  [
    "an answer that never ends",
    (_, response) => void response.writeHead(200).write(partial),
    /no whole answer within 0.2 s/,
  ],
  ["silence", () => undefined, /no whole answer within 0.2 s/],
];

test.each(faults)("a fault that may pass is tried again: %s", async (_what, fault) => {
  stub.behave = first(2, fault);
  expect(await open({ timeoutMs: 200, maxRetries: 2 }).ask(chat)).toMatchObject({ ok: true, reply: "hello" });
  expect(stub.asked).toHaveLength(3);
});

test.each(faults)("a fault that stays is described, not thrown: %s", async (_what, fault, words) => {
  stub.behave = fault;
  const answer = await open({ timeoutMs: 200, maxRetries: 1 }).ask(chat);
  expect(answer).toMatchObject({ ok: false, error: expect.stringMatching(words) as string });
  expect(answer).toMatchObject({ error: expect.stringContaining("(after 2 attempts)") as string });
});

test("a request that the server rejects is not sent again", async () => {
  stub.behave = (_, response) => sendJson(response, 400, { error: { message: "too long" } });
  expect(await open().ask(chat)).toMatchObject({ ok: false, status: 400, error: "HTTP 400 too long" });
  expect(stub.asked).toHaveLength(1);
});

test("what is made again is told, with the wait, and stands in the answer", async () => {
  stub.behave = first(2, (_, response) => sendJson(response, 500, { error: { message: "boom" } }));
  const told: string[] = [];
  const answer = await open().ask(chat, undefined, (words) => told.push(words));
  expect(answer).toMatchObject({ ok: true, faults: ["HTTP 500 boom", "HTTP 500 boom"] });
  expect(told).toEqual(["HTTP 500 boom, again in 0 s", "HTTP 500 boom, again in 0 s"]);
  expect(await open().ask(chat)).not.toHaveProperty("faults");
});

test("a server that asks for a longer wait than a minute is not waited for", async () => {
  stub.behave = (_, response) => sendJson(response, 429, { error: { message: "quota" } }, { "retry-after": "86400" });
  expect(await open().ask(chat)).toMatchObject({ ok: false, error: "HTTP 429 quota; the server asks to wait 86400 s" });
  expect(stub.asked).toHaveLength(1);
});

test("Retry-After is obeyed", async () => {
  stub.behave = first(1, (_, response) => sendJson(response, 429, {}, { "retry-after": "1" }));
  const start = performance.now();
  expect(await open().ask(chat)).toMatchObject({ ok: true });
  expect(performance.now() - start).toBeGreaterThan(950);
});

test("a refusal is the reply, with its own reason", async () => {
  stub.behave = (_, response) =>
    sendJson(response, 200, { choices: [{ message: { content: null, refusal: "No." }, finish_reason: "stop" }] });
  expect(await open().ask(chat)).toMatchObject({ ok: true, reply: "No.", finishReason: "refusal", tokens: null });
});

test("a server that is not there is an answer with the reason", async () => {
  await stub.close();
  expect(await open({ maxRetries: 0 }).ask(chat)).toMatchObject({
    ...{ ok: false, status: null },
    error: expect.stringMatching(/^no connection \(.*ECONNREFUSED/) as string,
  });
});

test.each([
  ["while the server is silent", () => undefined],
  [
    "while waiting for the next attempt",
    (_: unknown, response: never) => sendJson(response, 429, {}, { "retry-after": "30" }),
  ],
] as [string, Behaviour][])("an abort ends a request at once: %s", async (_what, behave) => {
  stub.behave = behave;
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 50);
  const start = performance.now();
  await expect(open().ask(chat, controller.signal)).rejects.toThrow(InterruptedError);
  expect(performance.now() - start).toBeLessThan(1000);
});

test("the key is sent, and struck out of what the server says", async () => {
  stub.behave = (asked, response) => sendJson(response, 401, { error: { message: `bad ${asked.authorization}` } });
  const answer = await open({ key: "sk-secret" }).ask(chat);
  expect(stub.asked[0]?.authorization).toBe("Bearer sk-secret");
  expect(answer).toMatchObject({ ok: false, error: "HTTP 401 bad Bearer [secret]" });
});

test("without a key no key is sent, whatever the environment holds", async () => {
  process.env["OPENAI_API_KEY"] = "sk-mine";
  try {
    await open().ask(chat);
  } finally {
    delete process.env["OPENAI_API_KEY"];
  }
  expect(stub.asked[0]?.authorization).toBeUndefined();
});

test("credentials in the address are used and never shown", async () => {
  const address = `${stub.address.replace("//", "//user:hunter22@")}/?token=abcdef`;
  stub.behave = (_, response) => sendJson(response, 400, { error: { message: "hunter22 abcdef" } });
  const endpoint = open({ address });
  expect(endpoint.shown).toBe(`m at ${stub.address}`);
  expect(await endpoint.ask(chat)).toMatchObject({ error: "HTTP 400 [secret] [secret]" });
  expect(stub.asked[0]?.authorization).toBe(`Basic ${btoa("user:hunter22")}`);
});

test.each([
  ["localhost:8000", /must begin with http/],
  ["/v1", /"\/v1" is no address/],
  ["http://user:hunter22@:bad", /^(?!.*hunter22)/],
])("a malformed address is an InputError: %s", (address, message) => {
  expect(() => open({ address })).toThrow(InputError);
  expect(() => open({ address })).toThrow(message);
});
