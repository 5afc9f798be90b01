import { randomBytes, timingSafeEqual } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { InputError, reasonOf } from "../error.js";
import { projectRoot } from "../process/projectRoot.js";
import { type ApiReply, answerReply, itemReply, stateReply, undoReply } from "./labelApi.js";
import type { LabelSession } from "./labelSession.js";

/** A labelling page that is being served. */
export interface LabelServer {
  /** Its address, with the token that every request needs. */
  readonly url: string;
  /** Ends all connections; answers that are being written are written. */
  readonly close: () => Promise<void>;
}

const types = {
  "": ["page.html", "text/html; charset=utf-8"],
  "page.css": ["page.css", "text/css; charset=utf-8"],
  "page.js": ["page.js", "text/javascript; charset=utf-8"],
  "code.js": ["code.js", "text/javascript; charset=utf-8"],
  "fields.js": ["fields.js", "text/javascript; charset=utf-8"],
} as const;

/** Scripts and styles of the page's own only; text never becomes markup; no frame, no form, no other address. */
const headers = {
  "Content-Security-Policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cache-Control": "no-store",
};

const mostBytes = 256 * 1024;

/**
 * Serves the labelling page of a session on the loopback address. Only requests that name this address as their host, come from this very
 * page and carry the token in their path are answered; all others get an empty 404.
 *
 * @param options.port a free one unless told
 * @throws InputError where the port cannot be used.
 */
export async function serveLabels(
  session: LabelSession,
  { port = 0 }: { readonly port?: number } = {},
): Promise<LabelServer> {
  const token = randomBytes(24).toString("base64url");
  const working = new Set<Promise<void>>();
  const server = createServer((request, response) => {
    const work = handle(session, token, { request, response }).catch((error: unknown) => {
      send(response, { status: 500, body: { error: reasonOf(error) } });
    });
    working.add(work);
    void work.finally(() => working.delete(work));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, "127.0.0.1", resolve);
  }).catch((cause: unknown) => {
    throw new InputError(
      `port ${port} cannot be used (${reasonOf(cause)}): leave --port away and a free one is chosen`,
    );
  });
  const { port: own } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${own}/${token}/`,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      await Promise.allSettled(working);
      server.closeAllConnections();
      await closed;
    },
  };
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

async function handle(session: LabelSession, token: string, { request, response }: Exchange): Promise<void> {
  const url = isOwn(request) ? urlOf(request) : undefined;
  const [, sent = "", ...rest] = url?.pathname.split("/") ?? [];
  if (url === undefined || rest.length === 0 || !isToken(sent, token)) {
    response.writeHead(404, headers).end();
    return;
  }
  const path = rest.join("/");
  if (request.method === "GET" && Object.hasOwn(types, path)) {
    const [file, type] = types[path as keyof typeof types];
    response.writeHead(200, { ...headers, "Content-Type": type });
    response.end(await readFile(join(projectRoot(), "src", "label", "page", file)));
    return;
  }
  send(response, await replyTo(session, request, { path, url }));
}

async function replyTo(
  session: LabelSession,
  request: IncomingMessage,
  { path, url }: { readonly path: string; readonly url: URL },
): Promise<ApiReply> {
  switch (`${request.method ?? ""} ${path}`) {
    case "GET state":
      return stateReply(session);
    case "GET item":
      return itemReply(session, url.searchParams.get("at"));
    case "POST answer":
      return answerReply(session, await jsonOf(request));
    case "POST undo":
      return undoReply(session);
    default:
      return { status: 404, body: { error: "there is nothing here" } };
  }
}

function send(response: ServerResponse, { status, body }: ApiReply): void {
  response.writeHead(status, { ...headers, "Content-Type": "application/json; charset=utf-8" });
  response.end(JSON.stringify(body));
}

/** Whether a request was made to this address by this page, not by another site or under a name that somebody made point here. */
function isOwn({ headers, socket }: IncomingMessage): boolean {
  const hosts = ["127.0.0.1", "localhost"].map((host) => `${host}:${socket.localPort ?? ""}`);
  if (headers.host === undefined || !hosts.includes(headers.host)) return false;
  if (headers.origin !== undefined && headers.origin !== `http://${headers.host}`) return false;
  const site = headers["sec-fetch-site"];
  return site === undefined || site === "same-origin" || site === "none";
}

function urlOf({ url }: IncomingMessage): URL | undefined {
  return url !== undefined && url.startsWith("/") && URL.canParse(url, "http://page.invalid")
    ? new URL(url, "http://page.invalid")
    : undefined;
}

function isToken(sent: string, token: string): boolean {
  const [given, own] = [Buffer.from(sent), Buffer.from(token)];
  return given.length === own.length && timingSafeEqual(given, own);
}

/** The JSON of a request's body; `undefined` where it is none, or too long. */
async function jsonOf(request: IncomingMessage): Promise<unknown> {
  if (request.headers["content-type"] !== "application/json") return undefined;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > mostBytes) return undefined;
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch {
    return undefined;
  }
}
