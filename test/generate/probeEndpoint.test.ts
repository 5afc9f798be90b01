import { afterEach, beforeEach, expect, test } from "vitest";
import { InputError, SetupError, UnreachableError } from "../../src/error.js";
import { openEndpoint } from "../../src/generate/endpoint.js";
import { probeEndpoint } from "../../src/generate/probeEndpoint.js";
import { type Stub, sendJson, startStub } from "./stubServer.js";

let stub: Stub;
beforeEach(async () => {
  stub = await startStub(() => "yes");
});
afterEach(() => stub.close());

const probe = (served = "m", route: "chat" | "completion" = "chat", keyVariable?: string) =>
  probeEndpoint(openEndpoint({ address: stub.address, served, route, maxRetries: 0 }), {
    ...{ model: "mine", address: stub.address },
    ...(keyVariable === undefined ? {} : { keyVariable }),
  });

test("a server that serves the model on its route passes", async () => {
  await expect(probe()).resolves.toEqual({ isVllm: false });
  await expect(probe("m", "completion")).resolves.toEqual({ isVllm: false });
});

test("a server that is not there is a SetupError that says what to start", async () => {
  await stub.close();
  await expect(probe()).rejects.toThrow(SetupError);
  await expect(probe()).rejects.toThrow(/model "mine": m at http:.* cannot be reached .*ECONNREFUSED.*vllm serve m/);
});

test("a model that is not served is an InputError that lists those that are", async () => {
  stub.models = ["b", "a"];
  await expect(probe()).rejects.toThrow(InputError);
  await expect(probe()).rejects.toThrow(/the server has a, b\. Set "served"/);
});

test("a route that is not answered is an InputError that names the other one", async () => {
  stub.behave = (_, response) => sendJson(response, 404, { error: { message: "not found" } });
  await expect(probe("m", "completion")).rejects.toThrow(InputError);
  await expect(probe("m", "completion")).rejects.toThrow(
    /completion route \(HTTP 404 not found\); set "route": "chat"/,
  );
});

test("a refused key is a SetupError that names the variable", async () => {
  stub.behave = (_, response) => sendJson(response, 401, { error: { message: "who are you" } });
  await expect(probe()).rejects.toThrow(/refuses us .*"keyVariable" in run.json/);
  await expect(probe("m", "chat", "MY_KEY")).rejects.toThrow(/set the environment variable MY_KEY/);
});

test("a key that may not do this is told as one that is refused", async () => {
  stub.behave = (_, response) => sendJson(response, 403, { error: { message: "not yours" } });
  await expect(probe("m", "chat", "MY_KEY")).rejects.toThrow(/refuses us \(HTTP 403 not yours\): set .* MY_KEY/);
});

test.each([400, 500])("a page for people (HTTP %i) is a server of another kind, and not waited for", async (status) => {
  stub.behave = (_, response) => void response.writeHead(status).end("<html><body>oh</body></html>");
  await expect(probe()).rejects.not.toThrow(UnreachableError);
  await expect(probe()).rejects.toThrow(/does not answer as an OpenAI-compatible server does/);
});

test("a path that takes no requests (HTTP 405) points at the address", async () => {
  stub.behave = (_, response) => sendJson(response, 405, { error: { message: "method not allowed" } });
  await expect(probe()).rejects.toThrow(/does not answer as an OpenAI-compatible server does .*check that its address/);
});

test("a server of another kind is a SetupError that points at the address", async () => {
  stub.behave = (_, response) => void response.end("welcome to my page");
  await expect(probe()).rejects.toThrow(SetupError);
  await expect(probe()).rejects.toThrow(/does not answer as an OpenAI-compatible server/);
});

test.each([
  [500, "boom", /has a fault of its own \(HTTP 500 boom\): look into its log/],
  [408, "slow", /is too busy \(HTTP 408 slow\)/],
  [425, "early", /is too busy \(HTTP 425 early\)/],
  [429, "quota", /is too busy \(HTTP 429 quota\): start again/],
  [504, "upstream", /is not ready \(HTTP 504 upstream\)/],
])("a fault that may pass (HTTP %i) can be waited for, and the advice fits it", async (status, message, words) => {
  stub.behave = (_, response) => sendJson(response, status, { error: { message } });
  await expect(probe()).rejects.toThrow(UnreachableError);
  await expect(probe()).rejects.toThrow(words);
});

test("a server that says nothing in time can be waited for", async () => {
  stub.behave = () => undefined;
  const endpoint = openEndpoint({ address: stub.address, served: "m", route: "chat", maxRetries: 0, timeoutMs: 300 });
  const silent = probeEndpoint(endpoint, { model: "mine", address: stub.address });
  await expect(silent).rejects.toThrow(UnreachableError);
  await expect(silent).rejects.toThrow(/is not ready \(no whole answer within 0.3 s\)/);
});

test("an answer that breaks off can be waited for", async () => {
  stub.behave = (_, response) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": "500" }).write('{"choices"');
    setTimeout(() => response.destroy(), 10);
    return undefined;
  };
  await expect(probe()).rejects.toThrow(UnreachableError);
  await expect(probe()).rejects.toThrow(/breaks off its answer/);
});

test("a request that is refused as such is no fault of the address: its words are told, and where to mend it", async () => {
  stub.behave = (_, response) => sendJson(response, 400, { error: { message: "no chat template" } });
  await expect(probe()).rejects.not.toThrow(UnreachableError);
  await expect(probe()).rejects.toThrow(/refuses to answer \(HTTP 400 no chat template\).*"route" or "unsupported"/);
});
