import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { InterruptedError } from "../../src/error.js";
import { postJson } from "../../src/generate/tokens/postJson.js";
import { postText } from "../../src/generate/tokens/postText.js";
import { EndpointFault } from "../../src/generate/tokens/tokenSteps.js";

const closing: Server[] = [];
afterEach(() =>
  closing.splice(0).forEach((server) => {
    server.closeAllConnections();
    server.close();
  }),
);

/** A server that counts its connections, and answers each body as `answer` does. */
async function serve(answer: (body: string, response: ServerResponse) => void) {
  const told = { connections: 0 };
  const server = createServer((request, response) => {
    let text = "";
    request.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
    request.on("end", () => answer(text, response));
  });
  server.on("connection", () => (told.connections += 1));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(server);
  return { root: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, told };
}

const posted = (body: string) => ({ headers: { "content-type": "text/plain" }, body, timeoutMs: 60_000 });

test("a text comes back whole, letters beyond ASCII across the parts of an answer too", async () => {
  const { root } = await serve((body, response) => {
    const bytes = Buffer.from(body);
    response.write(bytes.subarray(0, 1));
    setTimeout(() => response.end(bytes.subarray(1)), 20);
  });
  const body = `é${"ü".repeat(100_000)}`;
  expect(await postText(root, posted(body))).toEqual({ status: 200, text: body });
});

test("requests one after the other go over one connection", async () => {
  const { root, told } = await serve((body, response) => response.end(body));
  for (let at = 0; at < 5; at += 1) await postText(root, posted("{}"));
  expect(told.connections).toBe(1);
});

test("an answer may take longer than connections stay open unused", { timeout: 20_000 }, async () => {
  const { root } = await serve((body, response) => void setTimeout(() => response.end(body), 5500));
  expect((await postText(root, posted("late"))).text).toBe("late");
});

test("an answer that ends before its end, and one that comes too late, are errors", async () => {
  const cut = await serve((_, response) => {
    response.writeHead(200, { "content-length": "100" }).write("{");
    setTimeout(() => response.destroy(), 20);
  });
  await expect(postText(cut.root, posted(""))).rejects.toThrow(/aborted|hang up|ECONNRESET/);
  const slow = await serve(() => undefined);
  await expect(postText(slow.root, { ...posted(""), timeoutMs: 50 })).rejects.toMatchObject({ name: "TimeoutError" });
  const stalls = await serve((_, response) => response.writeHead(200).write("{"));
  await expect(postText(stalls.root, { ...posted(""), timeoutMs: 50 })).rejects.toMatchObject({ name: "TimeoutError" });
});

test("a request is ended by its signal, before it is sent and under way", async () => {
  const { root } = await serve((_, response) => response.writeHead(200).write("{"));
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 50);
  await expect(postText(root, { ...posted(""), signal: controller.signal })).rejects.toMatchObject({
    name: "AbortError",
  });
  await expect(postText(root, { ...posted(""), signal: controller.signal })).rejects.toMatchObject({
    name: "AbortError",
  });
});

test("JSON is asked for again where a fault may pass, and a fault says what the server said, without secrets", async () => {
  let left = 1;
  const { root } = await serve((body, response) => {
    left -= 1;
    if (left >= 0) response.writeHead(503).end("busy");
    else if (body === "{}") response.end('{"a":1}');
    else response.writeHead(400).end("the key sesame is wrong");
  });
  const server = { root, authorization: "Bearer sesame", secrets: ["sesame"] };
  const faults: string[] = [];
  expect(await postJson(server, "/x", {}, { onFault: (words) => faults.push(words) })).toEqual({ a: 1 });
  expect(faults).toEqual(["HTTP 503 busy"]);
  await expect(postJson(server, "/x", { b: 1 })).rejects.toThrow(
    new EndpointFault("/x: HTTP 400 the key [secret] is wrong"),
  );
});

test("a server that is not there, is late or talks nonsense is a fault, and an abort an interruption", async () => {
  const { root } = await serve((body, response) => (body === "{}" ? response.end("<html>") : undefined));
  const server = { root, authorization: undefined, secrets: [], maxRetries: 0 };
  await expect(postJson(server, "/x", {})).rejects.toThrow(/^\/x: the answer is not JSON/);
  await expect(postJson({ ...server, timeoutMs: 50 }, "/x", { a: 1 })).rejects.toThrow(
    new EndpointFault("/x: no whole answer within 0.05 s"),
  );
  const gone = { ...server, root: "http://127.0.0.1:9" };
  await expect(postJson(gone, "/x", {})).rejects.toThrow(new EndpointFault("/x: connect ECONNREFUSED 127.0.0.1:9"));
  await expect(postJson(server, "/x", { a: 1 }, { signal: AbortSignal.timeout(50) })).rejects.toThrow(InterruptedError);
});
