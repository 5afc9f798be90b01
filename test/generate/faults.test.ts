import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { InterruptedError, SetupError } from "../../src/error.js";
import type { Progress } from "../../src/progress.js";
import type * as opening from "../../src/generate/endpoint.js";
import { defineMethod } from "../../src/generate/defineMethod.js";
import { generateRun } from "../../src/generate/generateRun.js";
import { projectRoot } from "../../src/process/projectRoot.js";
import { readRecords } from "../../src/record/readRecords.js";
import { createRunFolder, type RunFolder } from "../../src/record/runFolder.js";
import { answerOf, type Behaviour, type Stub, sendJson, startStub } from "./stubServer.js";

// The real client, less patient: what takes minutes of waiting in a run takes milliseconds here.
vi.mock("../../src/generate/endpoint.js", async (original) => {
  const real = await original<typeof opening>();
  const open: typeof real.openEndpoint = (options) =>
    real.openEndpoint({ ...options, maxRetries: 1, backoffMs: 5, timeoutMs: 1000 });
  return { ...real, openEndpoint: open };
});

const reply = "```python\ndef f(a):\n    return a\n```";
let stub: Stub;
beforeEach(async () => {
  stub = await startStub(() => reply);
});
afterEach(() => stub.close());

async function make(change: object = {}): Promise<RunFolder> {
  const study = {
    ...{ schemaVersion: 1, name: "t", datasets: [{ name: "demo-cases", tasks: 6 }], methods: ["base"] },
    ...{ prompts: ["nl"], models: [{ name: "m", endpoint: stub.address }], decoding: { maxTokens: 50 } },
  };
  const folder = await mkdtemp(join(tmpdir(), "safelab-faults-"));
  return createRunFolder(join(folder, "run"), JSON.stringify({ ...study, ...change }));
}
const linesOf = async ({ path }: RunFolder) => {
  const file = join(path, "samples.jsonl");
  return existsSync(file) ? (await readFile(file, "utf8")).split("\n").slice(0, -1) : [];
};

/** A promise, and what fulfils it. */
function gate(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((fulfil) => {
    resolve = fulfil;
  });
  return { promise, resolve: () => resolve() };
}

const begun = '{"choices": [{"message": {"content": "def f';
const faults: readonly (readonly [string, Behaviour, RegExp])[] = [
  ["429", (_, response) => sendJson(response, 429, { error: {} }, { "retry-after": "0.01" }), /^HTTP 429/],
  ["500", (_, response) => sendJson(response, 500, { error: { message: "oh" } }), /^HTTP 500 oh/],
  ["a stall", () => undefined, /no whole answer within 1 s/],
  ["a socket closed at once", (_, response) => void response.destroy(), /^no connection/],
  [
    "a half-closed socket",
    (_, response) => {
      response.writeHead(200, { "content-length": "500" }).write(begun);
      response.socket?.end();
      return undefined;
    },
    /terminated|closed|aborted/,
  ],
  ["garbage", (_, response) => void response.setHeader("content-type", "application/json").end("{]"), /not JSON/],
  [
    "a stream that breaks off",
    (_, response) => {
      response.writeHead(200, { "content-type": "text/event-stream", "transfer-encoding": "chunked" });
      response.write('data: {"choices": [{"delta": {"content": "def"}}]}\n\n');
      setTimeout(() => response.destroy(), 5);
      return undefined;
    },
    /terminated|closed|aborted/,
  ],
];

/** Every task but the first two meets the fault, whichever attempt it is. */
const onLater = (fault: Behaviour): Behaviour => {
  const served = new Set<string>();
  return (asked, response) => {
    if (asked.body["max_tokens"] === 1) return reply;
    const task = JSON.stringify(asked.body.messages);
    if (served.size < 2) served.add(task);
    return served.has(task) ? reply : fault(asked, response);
  };
};

test.each(faults)("%s: what failed is recorded, what was done is kept, a restart does the rest", async (...given) => {
  const [, fault, words] = given;
  const run = await make();
  stub.behave = onLater(fault);
  await expect(generateRun(run, { concurrency: 1, patience: { limitMs: 0 } })).rejects.toThrow(SetupError);
  const before = await linesOf(run);
  const samples = await readRecords(run, "samples");
  expect(samples.map(({ status }) => status)).toEqual([
    ...Array<string>(2).fill("generated"),
    ...Array<string>(3).fill("endpointFailed"),
  ]);
  for (const { code, rounds } of samples.slice(2)) {
    expect(code).toBeNull();
    expect(rounds).toMatchObject([{ reply: null, tokens: null, error: expect.stringMatching(words) as string }]);
    expect(rounds[0]?.error).toContain("(after 2 attempts)");
    expect(JSON.stringify(rounds[0]?.sent)).toContain("Write Python code");
  }
  stub.behave = () => reply;
  expect(await generateRun(run)).toMatchObject({ counts: { generated: 4 }, skipped: 2 });
  expect((await linesOf(run)).slice(0, before.length)).toEqual(before);
  expect((await readRecords(run, "samples")).every(({ status }) => status === "generated")).toBe(true);
});

test.each([
  ["absent", undefined, null],
  ["text", { prompt_tokens: "many", completion_tokens: 5 }, null],
  ["broken", { prompt_tokens: 3.5, completion_tokens: null }, null],
  ["negative", { prompt_tokens: 3, completion_tokens: -5 }, null],
])("token counts that cannot be are no counts, and cost no sample: %s", async (_what, usage, tokens) => {
  const run = await make();
  stub.behave = (asked, response) => sendJson(response, 200, { ...answerOf(asked.path, reply), usage });
  expect(await generateRun(run)).toMatchObject({ counts: { generated: 6 } });
  const faults = usage === undefined ? undefined : [expect.stringContaining("token counts that are none") as string];
  for (const { rounds } of await readRecords(run, "samples")) {
    expect(rounds).toMatchObject([{ reply, tokens }]);
    expect(rounds[0]?.faults).toEqual(faults);
  }
});

test("a failure that passed with the next attempt stands in the record", async () => {
  const run = await make();
  const seen = new Set<string>();
  stub.behave = ({ body }, response) => {
    const task = JSON.stringify(body.messages);
    if (body["max_tokens"] === 1 || seen.has(task)) return reply;
    seen.add(task);
    return sendJson(response, 500, { error: { message: "boom" } });
  };
  expect(await generateRun(run)).toMatchObject({ counts: { generated: 6 } });
  for (const { rounds } of await readRecords(run, "samples"))
    expect(rounds).toMatchObject([{ reply, faults: [expect.stringMatching(/^HTTP 500 boom/) as string] }]);
});

const patience = { firstPauseMs: 20, limitMs: 200 };

test("a server that fails for a while costs nothing: its configuration pauses, and what failed is tried again", async () => {
  const run = await make({ prompts: ["nl", "ct"] });
  // The server fails until the other configuration is done, however long that takes.
  let [asked, others] = [0, 0];
  stub.behave = ({ body }, response) => {
    if (body["max_tokens"] === 1) return reply;
    const isOther = !JSON.stringify(body).includes("solves the task");
    if (isOther) others += 1;
    else asked += 1;
    return isOther || asked <= 2 || others === 6 ? reply : void response.destroy();
  };
  const told: Progress[] = [];
  const onProgress = (progress: Progress) => told.push(progress);
  const options = { concurrency: 1, patience: { firstPauseMs: 20, limitMs: 60_000 }, onProgress };
  expect(await generateRun(run, options)).toMatchObject({ counts: { generated: 12 } });
  const samples = await readRecords(run, "samples");
  expect(samples.map(({ status }) => status)).toEqual(Array<string>(12).fill("generated"));
  const pauses = told.filter(({ waiting }) => waiting !== undefined);
  expect(pauses[0]).toMatchObject({
    ...{ stage: "m base nl demo-cases", counts: { generated: 2, endpointFailed: 3 } },
    waiting: { what: expect.stringMatching(/^pauses, next try in [01]s \(no connection/) as string, limitSeconds: 60 },
  });
  // The other configuration is done before the first goes on.
  const first = told.findIndex(({ waiting }) => waiting !== undefined);
  const later = told.slice(first).filter(({ waiting }) => waiting === undefined);
  expect(later.slice(0, 6).map(({ stage }) => stage)).toEqual(Array<string>(6).fill("m base ct demo-cases"));
  expect(told.findLast(({ stage }) => stage === "m base nl demo-cases")).toMatchObject({
    ...{ done: 6, counts: { generated: 6 } },
  });
});

test("a pause ends with an abort, and the failed samples are there for the next call", async () => {
  const run = await make();
  stub.behave = ({ body }, response) => (body["max_tokens"] === 1 ? reply : void response.destroy());
  const controller = new AbortController();
  const onProgress = ({ waiting }: Progress) => {
    if (waiting !== undefined) setTimeout(() => controller.abort(), 20);
  };
  const work = generateRun(run, { concurrency: 2, onProgress, signal: controller.signal });
  await expect(work).rejects.toThrow(InterruptedError);
  stub.behave = () => reply;
  expect(await generateRun(run)).toMatchObject({ counts: { generated: 6 } });
});

test("a failing server costs its own configurations only: another server's go on to their end", async () => {
  const other = await startStub(() => reply);
  const run = await make({
    models: [
      { name: "m", endpoint: stub.address },
      { name: "n", endpoint: other.address, served: "m" },
    ],
  });
  stub.behave = ({ body }, response) => (body["max_tokens"] === 1 ? reply : void response.destroy());
  try {
    await expect(generateRun(run, { patience })).rejects.toThrow(
      /after 0\.2 s of pauses and three failed requests in a row: m base nl demo-cases \([^;]*is kept; see/,
    );
  } finally {
    await other.close();
  }
  const samples = await readRecords(run, "samples");
  expect(samples.filter(({ model, status }) => model === "n" && status === "generated")).toHaveLength(6);
  expect(samples.filter(({ model }) => model === "m").every(({ status }) => status === "endpointFailed")).toBe(true);
});

const built = join(projectRoot(), "dist", "generate", "generateRun.js");
test.skipIf(!existsSync(built)).each([
  ["before the first sample is written", 0],
  ["after the first", 1],
  ["in the middle", 9],
  ["near the end", 21],
])("kill -9 %s loses at most the samples in flight", async (_when, at) => {
  const run = await make({ k: 4 });
  const concurrency = 4;
  let answered = 0;
  stub.behave = ({ body }, response) => {
    if (body["max_tokens"] !== 1) answered += 1;
    // The last are never answered: on a busy machine the run would end before it is killed.
    if (answered <= at + 1) setTimeout(() => sendJson(response, 200, answerOf("/chat/completions", reply)), 10);
    return undefined;
  };
  const script = `
    import { generateRun } from ${JSON.stringify(built)};
    import { openRunFolder } from ${JSON.stringify(join(projectRoot(), "dist", "record", "runFolder.js"))};
    await generateRun(await openRunFolder(${JSON.stringify(run.path)}), { concurrency: ${concurrency} });`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: "inherit" });
  const gone = new Promise((resolve) => child.on("exit", resolve));
  const reached = async () => (at === 0 ? answered > 0 : (await linesOf(run)).length >= at);
  while (!(await reached())) await new Promise((resolve) => setTimeout(resolve, 1));
  child.kill("SIGKILL");
  await gone;
  const before = await linesOf(run);
  expect(answered - before.length).toBeLessThanOrEqual(concurrency);
  stub.behave = () => reply;
  stub.asked.length = 0;
  expect(await generateRun(run)).toMatchObject({ skipped: before.length, counts: { generated: 24 - before.length } });
  expect(stub.asked).toHaveLength(24 - before.length);
  expect((await linesOf(run)).slice(0, before.length)).toEqual(before);
  expect(await readRecords(run, "samples")).toHaveLength(24);
});

test("a server that is not there at the start, or still loads its model, is waited for as long as told, and told of", async () => {
  const run = await make();
  let refusals = 0;
  stub.behave = (_, response) => {
    refusals += 1;
    // Each look is two attempts.
    return refusals <= 4 ? sendJson(response, 503, { error: { message: "Loading model" } }) : reply;
  };
  await expect(generateRun(run)).rejects.toThrow(/is not ready \(HTTP 503 .*start again when it has loaded its model/);
  expect(refusals).toBe(2);
  const told: Progress[] = [];
  const onProgress = (progress: Progress) => told.push(progress);
  expect(await generateRun(run, { serverStartMs: 60_000, onProgress })).toMatchObject({ counts: { generated: 6 } });
  expect(told[0]).toMatchObject({
    ...{ stage: "m base nl demo-cases", done: 0, total: 6 },
    waiting: { what: expect.stringMatching(/^no server yet, next try in 1s \(model "m"/) as string, limitSeconds: 60 },
  });
});

test("a server with a hiccup at the start is waited for as long as told, and the others are generated meanwhile", async () => {
  const other = await startStub(() => reply);
  const run = await make({
    models: [
      { name: "m", endpoint: stub.address },
      { name: "n", endpoint: other.address, served: "m" },
    ],
  });
  let faults = 0;
  stub.behave = (_, response) => {
    // Each look is two attempts.
    if (faults === 4) return reply;
    faults += 1;
    return faults > 2 ? void response.destroy() : sendJson(response, 500, { error: { message: "boom" } });
  };
  const told: string[] = [];
  const onProgress = ({ stage, done, total, counts, waiting }: Progress) =>
    told.push(
      `${stage} ${done}/${total}${"unreachable" in counts ? " unreachable" : ""}${waiting?.what.startsWith("no server yet") === true ? " waits" : ""}`,
    );
  try {
    const options = { serverStartMs: 60_000, onProgress };
    expect(await generateRun(run, options)).toMatchObject({ counts: { generated: 12 } });
  } finally {
    await other.close();
  }
  const at = (words: string) => told.indexOf(words);
  expect(at("m base nl demo-cases 0/6 unreachable")).toBe(0);
  expect(at("n base nl demo-cases 6/6")).toBeLessThan(at("m base nl demo-cases 0/6 waits"));
  expect(at("m base nl demo-cases 0/6 waits")).toBeLessThan(at("m base nl demo-cases 6/6"));
});

test("where the others are done and a server does not come in time, its error comes with what was kept", async () => {
  const run = await make({
    models: [
      { name: "m", endpoint: stub.address },
      { name: "n", endpoint: "http://127.0.0.1:9/v1" },
    ],
  });
  const work = generateRun(run, { serverStartMs: 1500 });
  await expect(work).rejects.toThrow(/model "n": .* cannot be reached .*What was generated is kept/);
  await expect(work).rejects.not.toThrow("--patience");
  expect(await linesOf(run)).toHaveLength(6);
});

test("whoever has waited for the only server is not told to wait", async () => {
  const run = await make();
  await stub.close();
  await expect(generateRun(run, { serverStartMs: 100 })).rejects.not.toThrow("--patience");
});

test("a server that does not come in time is the error it is without waiting", async () => {
  const run = await make();
  await stub.close();
  const start = performance.now();
  await expect(generateRun(run, { serverStartMs: 1200 })).rejects.toThrow(/cannot be reached/);
  expect(performance.now() - start).toBeGreaterThan(1200);
  stub = await startStub(() => reply);
});

test("a sample that takes long is told of every second, with the request that is under way", async () => {
  const { promise: seen, resolve: see } = gate();
  const run = await make({ methods: ["slow"], datasets: [{ name: "demo-cases", tasks: ["demo-c02"] }] });
  const slow = defineMethod({
    name: "slow",
    traits: { access: "none", weightUpdate: false, promptChange: true, decodingControl: false, externalTool: false },
    async generate(_, context) {
      const round = await context.ask("generate", { messages: [{ role: "user", content: "x" }] });
      context.tell("step 37 of up to 64");
      await seen;
      return { rounds: [round], code: "x = 1\n", status: "generated" };
    },
  });
  const told: Progress[] = [];
  const start = performance.now();
  const onProgress = (progress: Progress) => {
    told.push(progress);
    if (progress.now !== undefined) see();
  };
  await generateRun(run, { methods: [slow], onProgress });
  // The sample ends once it was told of, which is a second after the work began.
  expect(performance.now() - start).toBeGreaterThan(900);
  expect([told[0]?.done, told.at(-1)?.done]).toEqual([0, 1]);
  expect(told[1]).toMatchObject({
    ...{ stage: "m slow nl demo-cases", done: 0, total: 1, counts: {} },
    now: expect.stringMatching(/^demo-c02 \d+s: step 37 of up to 64/) as string,
  });
  expect(told.at(-1)?.now).toBeUndefined();
});

test("the calls of a method that makes many are counted", async () => {
  const { promise: seen, resolve: see } = gate();
  const run = await make({
    methods: ["promsec"],
    options: { promsec: { maxRounds: 1 } },
    datasets: [{ name: "demo-cases", tasks: 1 }],
  });
  stub.behave = ({ body }, response) => {
    if (!JSON.stringify(body).includes("square brackets")) return reply;
    // Answered once it was told of.
    void seen.then(() => sendJson(response, 200, answerOf("/v1/chat/completions", "Write it.")));
    return undefined;
  };
  let isTold = false;
  const onProgress = ({ now }: Progress) => {
    if (now?.includes("reverse-prompt, request 2 of up to 3") !== true) return;
    isTold = true;
    see();
  };
  await generateRun(run, { onProgress, patience: { limitMs: 0 } });
  expect(isTold).toBe(true);
});
