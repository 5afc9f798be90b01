import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type LabelSession, openLabelSession } from "../../src/label/labelSession.js";
import { type LabelServer, serveLabels } from "../../src/label/serveLabels.js";
import { drawBase, historyOf, labelRun } from "./labelRun.js";

interface Reply {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** A request as it stands, path and host unchanged. */
function send(
  server: LabelServer,
  path: string,
  options: { readonly method?: string; readonly headers?: Record<string, string>; readonly body?: string } = {},
): Promise<Reply> {
  const { port } = new URL(server.url);
  return new Promise((resolve, reject) => {
    const { body = "", ...rest } = options;
    const sent = request({ host: "127.0.0.1", port, path, ...rest }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => (text += chunk));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body: text, headers: response.headers }));
    });
    sent.on("error", reject).end(body);
  });
}

let folder: string;
let session: LabelSession;
let server: LabelServer;
let root: string;

beforeAll(async () => {
  folder = await labelRun(3);
  await drawBase(folder);
  session = await openLabelSession(folder, { question: "security", annotator: "ada", role: "annotator" });
  server = await serveLabels(session);
  root = new URL(server.url).pathname;
});

afterAll(async () => {
  await server.close();
  await session.close();
});

const json = { "Content-Type": "application/json" };
const answer = (fields: object = {}) =>
  JSON.stringify({ position: 0, version: 0, value: "secure", cwe: [], lines: [], note: "", seconds: 1, ...fields });
const post = (body: string, headers: Record<string, string> = json) =>
  send(server, `${root}answer`, { method: "POST", headers, body });

describe("a request", () => {
  test("without the token, with a part of it or a wrong one gets nothing", async () => {
    const token = root.slice(1, -1);
    expect(token.length).toBeGreaterThanOrEqual(32);
    const wrong = (token.startsWith("A") ? "B" : "A") + token.slice(1);
    for (const path of [
      "/",
      "/state",
      "/item?at=0",
      `/${token}`,
      `/${wrong}/`,
      `/${token.slice(1)}/`,
      `/?token=${token}`,
    ])
      expect(await send(server, path), path).toMatchObject({ status: 404, body: "" });
  });

  test("with a forged host, from another origin or another site gets nothing, and records nothing", async () => {
    const forged: Record<string, string>[] = [
      { Host: "evil.example" },
      { Host: `evil.example:${new URL(server.url).port}` },
      { Origin: "http://evil.example" },
      { Origin: "null" },
      { "Sec-Fetch-Site": "cross-site" },
      { "Sec-Fetch-Site": "same-site" },
    ];
    for (const headers of forged) {
      expect(await send(server, `${root}item?at=0`, { headers })).toMatchObject({ status: 404, body: "" });
      expect(await post(answer(), { ...json, ...headers })).toMatchObject({ status: 404, body: "" });
    }
    expect(await historyOf(folder)).toEqual([]);
  });

  test("for a path outside gets nothing of it", async () => {
    for (const path of [
      "../package.json",
      "../../etc/passwd",
      "%2e%2e/page.js",
      "..%2f..%2fpackage.json",
      "page/page.js",
      "//etc/passwd",
    ])
      expect((await send(server, `${root}${path}`)).status, path).toBe(404);
    expect((await send(server, `http://evil.example${root}`)).status).toBe(404);
  });

  test("of the page itself is answered, with a strict policy", async () => {
    const { status, headers, body } = await send(server, root, { headers: { "Sec-Fetch-Site": "none" } });
    expect(status).toBe(200);
    expect(body).toContain("<!doctype html>");
    const policy = String(headers["content-security-policy"]);
    for (const rule of ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "trusted-types 'none'"])
      expect(policy).toContain(rule);
    expect(policy).not.toContain("unsafe");
    expect(headers).toMatchObject({ "x-content-type-options": "nosniff", "referrer-policy": "no-referrer" });
    expect(Object.keys(headers)).not.toContain("access-control-allow-origin");
  });
});

describe("an answer", () => {
  test("that is none is refused and not recorded", async () => {
    const refused: [string, RegExp][] = [
      [answer({ value: "fine" }), /no answer/],
      [answer({ lines: [1, 99] }), /no line 99: the code has 5/],
      [answer({ position: -1 }), /reload/],
      [answer({ role: "adjudicator" }), /reload/],
      [answer({ note: "x".repeat(300_000) }), /reload/],
      ["{", /reload/],
    ];
    for (const [body, words] of refused) {
      const reply = await post(body);
      expect(reply.status).toBe(400);
      expect(reply.body).toMatch(words);
    }
    expect((await post(answer({ position: 7 }))).status).toBe(404);
    expect((await post(answer(), { "Content-Type": "text/plain" })).status).toBe(400);
    expect(await historyOf(folder)).toEqual([]);
  });

  test("is in the file when the reply comes, and one to an older state is refused", async () => {
    const { status, body } = await post(answer({ value: "insecure", lines: [5, 3, 5], cwe: [78] }));
    expect([status, JSON.parse(body)]).toEqual([200, { next: 1, answered: 1 }]);
    expect(await historyOf(folder)).toMatchObject([{ value: "insecure", lines: [3, 5], cwe: [78], annotator: "ada" }]);
    const late = await post(answer());
    expect(late.status).toBe(409);
    expect(late.body).toContain("answered in another window");
    expect(await historyOf(folder)).toHaveLength(1);
  });
});

test("nothing that the page gets tells model, method, verdict, task or annotator", async () => {
  const texts = await Promise.all(["state", "item?at=0", "item?at=1"].map((path) => send(server, `${root}${path}`)));
  const all = texts.map(({ body }) => body).join("\n");
  for (const word of ["secretive-model", "tamer", '"base"', "B605", "bandit", "ada", "scanHash"])
    expect(all).not.toContain(word);
});
