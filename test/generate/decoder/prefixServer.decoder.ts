import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { InputError } from "../../../src/error.js";
import { type Ask, openEndpoint } from "../../../src/generate/endpoint.js";
import { generateRun } from "../../../src/generate/generateRun.js";
import { type PrefixServer, startPrefixServer } from "../../../src/generate/prefixServer.js";
import { hostEnvironment } from "../../../src/process/hostEnvironment.js";
import { projectRoot } from "../../../src/process/projectRoot.js";
import { runProgram } from "../../../src/process/runProgram.js";
import { requireExtra } from "../../../src/process/venv.js";
import { readRecords } from "../../../src/record/readRecords.js";
import { createRunFolder } from "../../../src/record/runFolder.js";

let folder: string;
let server: PrefixServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "safelab-prefix-"));
  const { python } = await requireExtra("decoder");
  const script = join(projectRoot(), "test", "generate", "decoder", "tiny_models.py");
  const { exitCode, stderr } = await runProgram(python, [script, folder], { env: hostEnvironment() });
  if (exitCode !== 0) throw new Error(stderr);
  server = await startPrefixServer({ prefix: join(folder, "prefix") });
});
afterAll(() => server.stop());

const ask = (change: Partial<Ask> = {}): Ask => ({
  ...{ sent: { prompt: "def f(a):\n" }, seed: 1, temperature: 0, topP: 1, maxTokens: 12 },
  ...change,
});
const open = (served: string) => openEndpoint({ address: server.address, served, route: "completion", maxRetries: 0 });
const replyOf = async (served: string, change: Partial<Ask> = {}) => {
  const answer = await open(served).ask(ask(change));
  return answer.ok ? answer.reply : answer.error;
};
const post = async (body: unknown) => {
  const response = await fetch(`${server.address}/completions`, { method: "POST", body: JSON.stringify(body) });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

test("the server takes base model and control from the prefix, and declares what it serves", async () => {
  expect([server.base, server.prefixed]).toEqual(["tiny-codegen", "tiny-codegen+prefix"]);
  expect((await fetch(server.address.replace("/v1", "/health"))).status).toBe(200);
  const prefix = { name: "prefix", control: "sec", nPrefix: 5, base: "tiny-codegen" };
  expect(await open("tiny-codegen").models()).toMatchObject({
    ok: true,
    models: [
      { name: "tiny-codegen" },
      { name: "tiny-codegen+prefix", prefix: { ...prefix, hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string } },
    ],
  });
});

test("the prefix changes what is said, greedily the same each time, and the tokens are counted", async () => {
  const [base, prefixed] = [await replyOf("tiny-codegen"), await replyOf("tiny-codegen+prefix")];
  expect(prefixed).not.toBe(base);
  expect(await replyOf("tiny-codegen+prefix")).toBe(prefixed);
  // One token a byte; the prefix's five count for nothing.
  expect(await open("tiny-codegen+prefix").ask(ask())).toMatchObject({
    ...{ ok: true, finishReason: "length", tokens: { prompt: 10, completion: 12 } },
  });
});

test("a seed gives the same sample in whatever order requests come", async () => {
  const sampled = (seed: number) => replyOf("tiny-codegen+prefix", { seed, temperature: 1, topP: 0.95 });
  const alone = [await sampled(1), await sampled(2)];
  expect(await Promise.all([sampled(2), sampled(1)])).toEqual([...alone].reverse());
  expect(alone[0]).not.toBe(alone[1]);
});

test("a stop string ends the text before it", async () => {
  const whole = await post({ model: "tiny-codegen", prompt: "x", max_tokens: 20, temperature: 0 });
  const text = (whole.body["choices"] as { text: string }[])[0]?.text ?? "";
  const stop = text.slice(3, 5);
  const cut = await post({ model: "tiny-codegen", prompt: "x", max_tokens: 20, temperature: 0, stop: [stop] });
  expect(cut.body["choices"]).toMatchObject([{ text: text.slice(0, text.indexOf(stop)), finish_reason: "stop" }]);
});

test.each([
  [{ stream: true }, 400, /stream is not supported/],
  [{ n: 2 }, 400, /n is not supported/],
  [{ prompt: [1, 2] }, 400, /prompt must be one text/],
  [{ prompt: "" }, 400, /the prompt has 0 tokens/],
  [{ prompt: "x".repeat(5000) }, 400, /the prompt has 5000 tokens: it must have 1 to 4095/],
  [{ temperature: "hot" }, 400, /temperature must be a number/],
  [{ model: "gpt" }, 400, /no model gpt here; there are tiny-codegen, tiny-codegen\+prefix/],
])("what the server cannot do is refused, not passed over: %j", async (change, status, words) => {
  const answer = await post({ model: "tiny-codegen", prompt: "x", max_tokens: 2, ...change });
  expect(answer).toMatchObject({ status, body: { error: { message: expect.stringMatching(words) as string } } });
});

test("a request whose client has gone is given up", async () => {
  const body = { model: "tiny-codegen", prompt: "x", max_tokens: 3000, temperature: 0 };
  const request = { method: "POST", body: JSON.stringify(body), signal: AbortSignal.timeout(300) };
  await expect(fetch(`${server.address}/completions`, request)).rejects.toThrow();
  const start = performance.now();
  await replyOf("tiny-codegen");
  expect(performance.now() - start).toBeLessThan(5000);
});

test("a prefix of another base model, or none, is an InputError that says so", async () => {
  const base = join(folder, "tiny-codegen");
  const foreign = startPrefixServer({ base, prefix: join(folder, "foreign") });
  await expect(foreign).rejects.toThrow(InputError);
  await expect(foreign).rejects.toThrow(/belongs to another base model/);
  await expect(startPrefixServer({ base, prefix: base })).rejects.toThrow(/is no prefix/);
});

const study = (methods: string[], model: object) => ({
  ...{ schemaVersion: 1, name: "t", datasets: [{ name: "demo-cases", tasks: 2 }], prompts: ["ct"], methods },
  models: [{ name: "tiny", endpoint: server.address, route: "completion", ...model }],
  decoding: { maxTokens: 16 },
});
const make = (name: string, methods: string[], model: object) =>
  createRunFolder(join(folder, name), JSON.stringify(study(methods, model)));

test("base and sven run on one server, and samples of sven say which prefix they were made with", async () => {
  const checkpoints = { sven: { weights: "prefix", served: server.prefixed } };
  const run = await make("both", ["base", "sven"], { served: server.base, checkpoints });
  await generateRun(run);
  const samples = await readRecords(run, "samples");
  expect(samples).toHaveLength(4);
  for (const { method, prefix, rounds } of samples) {
    expect(rounds).toMatchObject([{ tokens: { completion: 16 }, finishReason: "length" }]);
    if (method === "base") expect(prefix).toBeUndefined();
    else expect(prefix).toMatchObject({ name: "prefix", control: "sec", nPrefix: 5, base: "tiny-codegen" });
  }
  const replies = samples.map(({ rounds }) => rounds[0]?.reply);
  expect(new Set(replies).size).toBeGreaterThan(1);
});

test("sven without a prefix and base with one are refused before any sample", async () => {
  const bare = await make("bare", ["sven"], { served: server.base });
  await expect(generateRun(bare)).rejects.toThrow(/declares no learned prefix/);
  const mixed = await make("mixed", ["base"], { served: server.prefixed });
  await expect(generateRun(mixed)).rejects.toThrow(/puts the learned prefix "prefix"/);
  expect(await readRecords(bare, "samples")).toEqual([]);
});
