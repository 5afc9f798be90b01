import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What a stub does with a request for text: a reply, or its own handling of the response. */
export type Behaviour = (asked: Asked, response: ServerResponse) => string | undefined;

/** A request for text as the stub saw it. */
export interface Asked {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: { model: string; seed: number; prompt?: string; messages?: { content: string }[] } & Record<
    string,
    unknown
  >;
}

/** A server that speaks as OpenAI-compatible servers do. */
export interface Stub {
  readonly address: string;
  readonly asked: Asked[];
  behave: Behaviour;
  models: string[];
  /** As `owned_by` in the list of models. */
  owner: string;
  close(): Promise<void>;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
}

export function sendJson(response: ServerResponse, status: number, value: unknown, headers: object = {}): undefined {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(value));
  return undefined;
}

export function answerOf(path: string, reply: string, finish = "stop"): object {
  const usage = { prompt_tokens: 3, completion_tokens: 5, total_tokens: 8 };
  return path.endsWith("/chat/completions")
    ? { choices: [{ index: 0, message: { role: "assistant", content: reply }, finish_reason: finish }], usage }
    : { choices: [{ index: 0, text: reply, finish_reason: finish }], usage };
}

export async function startStub(behave: Behaviour): Promise<Stub> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    void bodyOf(request).then((text) => {
      const path = request.url ?? "";
      if (path.startsWith("/v1/models")) {
        sendJson(response, 200, {
          object: "list",
          data: stub.models.map((id) => ({ id, object: "model", owned_by: stub.owner })),
        });
        return;
      }
      const one: Asked = {
        path: path.replace(/\?.*/, ""),
        authorization: request.headers.authorization,
        body: JSON.parse(text) as Asked["body"],
      };
      // A probe asks for one token.
      if (one.body["max_tokens"] !== 1) asked.push(one);
      const reply = stub.behave(one, response);
      if (reply !== undefined) sendJson(response, 200, answerOf(one.path, reply));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const stub: Stub = {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    ...{ asked, behave, models: ["m"], owner: "somebody" },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return stub;
}
