import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { InputError, InterruptedError, SetupError } from "../../src/error.js";
import { generateRun } from "../../src/generate/generateRun.js";
import { defaultTemplates } from "../../src/generate/promptTemplates.js";
import { projectRoot } from "../../src/process/projectRoot.js";
import type { Progress } from "../../src/progress.js";
import { readRecords } from "../../src/record/readRecords.js";
import { createRunFolder, type RunFolder } from "../../src/record/runFolder.js";
import { Study } from "../../src/record/schema/study.js";
import { loadTasks } from "../../src/task/loadTasks.js";
import { type Stub, sendJson, startStub } from "./stubServer.js";

const reply = "```python\ndef f(a):\n    return a\n```";
let stub: Stub;
let count: number;
beforeEach(async () => {
  stub = await startStub(() => reply);
  count = (await loadTasks("demo-cases")).tasks.length;
});
afterEach(() => stub.close());

async function make(change: object = {}): Promise<RunFolder> {
  const folder = await mkdtemp(join(tmpdir(), "safelab-generate-"));
  const study = {
    ...{ schemaVersion: 1, name: "t", datasets: [{ name: "demo-cases" }], methods: ["base"], prompts: ["nl"] },
    ...{ models: [{ name: "m", endpoint: stub.address }], decoding: { temperature: 0.4, maxTokens: 50 } },
  };
  return createRunFolder(join(folder, "run"), JSON.stringify({ ...study, ...change }));
}
const linesOf = async (run: RunFolder) => {
  const file = join(run.path, "samples.jsonl");
  return existsSync(file) ? (await readFile(file, "utf8")).split("\n").slice(0, -1) : [];
};

test("every planned sample is generated once, with what was sent and what came back", async () => {
  const run = await make({ methods: ["base", "prompt-generic"], prompts: ["nl", "ct"] });
  expect(await generateRun(run)).toMatchObject({ counts: { generated: count * 4 }, skipped: 0, notGenerated: 0 });
  const samples = await readRecords(run, "samples");
  expect(samples).toHaveLength(count * 4);
  expect(samples[0]).toMatchObject({
    ...{ dataset: "demo-cases", task: "demo-c01", prompt: "nl", model: "m", method: "base", repeat: 0, index: 0 },
    ...{ status: "generated", code: "def f(a):\n    return a\n" },
    rounds: [{ purpose: "generate", reply, finishReason: "stop", tokens: { prompt: 3, completion: 5 } }],
  });
  expect(samples[0]?.rounds[0]?.endpoint).toBe(`m at ${stub.address}`);
});

test("the seed follows from repeat and index", async () => {
  const run = await make({ datasets: [{ name: "demo-cases", tasks: 1 }], seed: 10, k: 2, repeats: 2 });
  await generateRun(run, { concurrency: 1 });
  expect(stub.asked.map(({ body }) => [body.seed, body["temperature"], body["max_tokens"]])).toEqual(
    [10, 11, 12, 13].map((seed) => [seed, 0.4, 50]),
  );
});

test("vLLM, which says so in its list of models, is asked without its model's own sampling settings; other servers know none of them", async () => {
  const own = { top_k: -1, min_p: 0, repetition_penalty: 1 };
  await generateRun(await make({ datasets: [{ name: "demo-cases", tasks: 1 }] }));
  for (const setting of Object.keys(own)) expect(stub.asked[0]?.body).not.toHaveProperty(setting);
  stub.owner = "vllm";
  await generateRun(await make({ datasets: [{ name: "demo-cases", tasks: 1 }] }));
  expect(stub.asked[1]?.body).toMatchObject({ ...own, temperature: 0.4, top_p: 1 });
});

test("what is there is not generated again", async () => {
  const run = await make();
  await generateRun(run);
  stub.asked.length = 0;
  expect(await generateRun(run)).toMatchObject({ counts: {}, skipped: count });
  expect(stub.asked).toEqual([]);
});

test("progress is told per configuration from its beginning and counts what was there", async () => {
  const run = await make({ datasets: [{ name: "demo-cases", tasks: 2 }], methods: ["base", "prompt-generic"] });
  const told: Progress[] = [];
  await generateRun(run, { concurrency: 1, onProgress: (progress) => told.push(progress) });
  expect(told.map(({ stage, done, total }) => [stage, done, total])).toEqual([
    ["m base nl demo-cases", 0, 2],
    ["m base nl demo-cases", 1, 2],
    ["m base nl demo-cases", 2, 2],
    ["m prompt-generic nl demo-cases", 0, 2],
    ["m prompt-generic nl demo-cases", 1, 2],
    ["m prompt-generic nl demo-cases", 2, 2],
  ]);
  expect(told.at(-1)?.counts).toEqual({ generated: 2 });
});

test("a failing request is recorded, does not stop the others, and is tried again by the next call", async () => {
  const run = await make();
  let calls = 0;
  stub.behave = (_, response) => {
    calls += 1;
    return calls === 3 ? sendJson(response, 400, { error: { message: "too long" } }) : reply;
  };
  expect(await generateRun(run, { concurrency: 1 })).toMatchObject({
    counts: { generated: count - 1, endpointFailed: 1 },
  });
  const failed = (await readRecords(run, "samples")).filter(({ status }) => status === "endpointFailed");
  expect(failed).toMatchObject([{ code: null, scanHash: null, rounds: [{ reply: null, error: "HTTP 400 too long" }] }]);
  expect(await generateRun(run)).toMatchObject({ counts: { generated: 1 }, skipped: count - 1 });
  expect((await readRecords(run, "samples")).every(({ status }) => status === "generated")).toBe(true);
});

test("three failures in a row give a configuration up, the others go on, and the end is a SetupError", async () => {
  const run = await make({ methods: ["base", "prompt-generic"] });
  stub.behave = ({ body }, response) =>
    body["max_tokens"] !== 1 && !JSON.stringify(body).includes("vulnerability")
      ? sendJson(response, 400, { error: { message: "no" } })
      : reply;
  const work = generateRun(run, { concurrency: 1 });
  await expect(work).rejects.toThrow(SetupError);
  await expect(work).rejects.toThrow(/three failed requests in a row: m base nl demo-cases \(HTTP 400 no\)\./);
  const statuses = (await readRecords(run, "samples")).map(({ method, status }) => `${method} ${status}`);
  expect(statuses.filter((text) => text === "base endpointFailed")).toHaveLength(3);
  expect(statuses.filter((text) => text === "prompt-generic generated")).toHaveLength(count);
});

test("an abort ends a run within 2 s, keeps what was done and frees the folder", async () => {
  const run = await make();
  const controller = new AbortController();
  stub.behave = () => (stub.asked.length > 3 ? undefined : reply);
  setTimeout(() => controller.abort(), 500);
  const start = performance.now();
  await expect(generateRun(run, { signal: controller.signal })).rejects.toThrow(InterruptedError);
  expect(performance.now() - start).toBeLessThan(2500);
  expect(await linesOf(run)).toHaveLength(3);
  stub.behave = () => reply;
  expect(await generateRun(run)).toMatchObject({ counts: { generated: count - 3 }, skipped: 3 });
});

const built = join(projectRoot(), "dist", "generate", "generateRun.js");
test.skipIf(!existsSync(built))(
  "a run whose process was killed goes on where it was, nothing lost, nothing twice",
  async () => {
    const run = await make({ k: 4 });
    stub.behave = () => (stub.asked.length > 20 ? undefined : reply);
    const script = `
    import { generateRun } from ${JSON.stringify(built)};
    import { openRunFolder } from ${JSON.stringify(join(projectRoot(), "dist", "record", "runFolder.js"))};
    await generateRun(await openRunFolder(${JSON.stringify(run.path)}));`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: "inherit" });
    const gone = new Promise((resolve) => child.on("exit", resolve));
    while ((await linesOf(run)).length < 20) await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill("SIGKILL");
    await gone;
    const before = await linesOf(run);
    stub.behave = () => reply;
    await generateRun(run);
    const after = await linesOf(run);
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after).toHaveLength(count * 4);
    expect(await readRecords(run, "samples")).toHaveLength(count * 4);
  },
);

test("a server that is not there holds up its own model only, and is told at once and at the end", async () => {
  const run = await make({
    models: [
      { name: "m", endpoint: stub.address },
      { name: "n", endpoint: "http://127.0.0.1:9/v1" },
    ],
  });
  const told: Progress[] = [];
  const onProgress = (step: Progress) => void told.push(step);
  await expect(generateRun(run, { onProgress })).rejects.toThrow(/model "n".*cannot be reached.*does the rest/);
  expect(told[0]).toMatchObject({ done: 0, counts: { unreachable: told[0]?.total } });
  expect(new Set((await readRecords(run, "samples")).map(({ model }) => model))).toEqual(new Set(["m"]));
});

test("a server that gives whole replies alone holds up CodeGuard+ alone: the other methods' samples are made, and the end says what could not be", async () => {
  const run = await make({ methods: ["base", "codeguard"] });
  const told: Progress[] = [];
  const work = generateRun(run, { onProgress: (step) => void told.push(step) });
  await expect(work).rejects.toThrow(SetupError);
  await expect(work).rejects.toThrow(
    /model "m": the server of m .* does not give token steps, .*leave codeguard out of the model's methods.*What was generated is kept/,
  );
  const samples = await readRecords(run, "samples");
  expect(samples.map(({ method, status }) => `${method} ${status}`)).toEqual(
    Array<string>(count).fill("base generated"),
  );
  expect(told).toContainEqual({
    ...{ stage: "m codeguard nl demo-cases", done: 0, total: count },
    counts: { impossible: count },
  });
  // With nothing else to do the next call says so at once.
  await expect(generateRun(run)).rejects.toThrow(
    /does not give token steps[^;]*(;[^;]*)*leave codeguard out of the model's methods$/,
  );
});

test("where one server is not there and another one fails, both are told", async () => {
  const run = await make({
    models: [
      { name: "m", endpoint: stub.address },
      { name: "n", endpoint: "http://127.0.0.1:9/v1" },
    ],
  });
  stub.behave = ({ body }, response) =>
    body["max_tokens"] === 1 ? reply : sendJson(response, 400, { error: { message: "no" } });
  await expect(generateRun(run)).rejects.toThrow(
    /model "n".*cannot be reached.*given up after .*m base.*HTTP 400 no.*does the rest/,
  );
});

test("a run whose only server is not there ends before the first sample", async () => {
  const run = await make({ models: [{ name: "n", endpoint: "http://127.0.0.1:9/v1" }] });
  await expect(generateRun(run)).rejects.toThrow(/model "n".*cannot be reached.*--patience MINUTES` waits for it/);
  expect(await readRecords(run, "samples")).toEqual([]);
});

test("the key comes from the variable that the study names, and stands in no record", async () => {
  const run = await make({ models: [{ name: "m", endpoint: stub.address, keyVariable: "MY_KEY" }] });
  await expect(generateRun(run)).rejects.toThrow(/MY_KEY is not set/);
  await generateRun(run, { keys: (variable) => (variable === "MY_KEY" ? "sk-secret" : undefined) });
  expect(stub.asked[0]?.authorization).toBe("Bearer sk-secret");
  expect((await linesOf(run)).join("")).not.toContain("sk-secret");
});

test("models without an endpoint are left to import, and can not be asked for by name", async () => {
  const run = await make({
    models: [
      { name: "m", endpoint: stub.address },
      { name: "theirs", methods: ["sven"] },
    ],
  });
  expect(await generateRun(run)).toMatchObject({ counts: { generated: count }, notGenerated: count });
  await expect(generateRun(run, { models: ["theirs"] })).rejects.toThrow(/"theirs" has no endpoint/);
  await expect(generateRun(run, { models: ["x"] })).rejects.toThrow(/no model "x"; it has m, theirs/);
});

test.each([
  [{ methods: ["mine"] }, /method "mine" cannot be run here/],
  [{ datasets: [{ name: "nowhere" }] }, /no data set "nowhere"/],
  [{ datasets: [{ name: "demo-cases", tasks: ["x"] }] }, /does not have: x/],
])("a study that cannot be generated is an InputError before any request: %j", async (change, message) => {
  const run = await make(change);
  await expect(generateRun(run)).rejects.toThrow(InputError);
  await expect(generateRun(run)).rejects.toThrow(message);
  expect(stub.asked).toEqual([]);
});

test("a natural-language prompt for a completion model is an InputError", async () => {
  const run = await make({ models: [{ name: "m", endpoint: stub.address, route: "completion" }] });
  await expect(generateRun(run)).rejects.toThrow(/model "m" with route "completion" only continues code/);
});

const changed = async (run: RunFolder, change: object) =>
  generateRun({ path: run.path, study: Study.parse({ ...run.study, ...change }) });

test("a sample says how it was asked for", async () => {
  const run = await make({ datasets: [{ name: "demo-cases", tasks: 1 }], seed: 7, repeats: 2 });
  await generateRun(run, { concurrency: 1 });
  const how = { temperature: 0.4, topP: 1, maxTokens: 50, template: defaultTemplates().version, route: "chat" };
  expect((await readRecords(run, "samples")).map(({ decoding }) => decoding)).toEqual([
    { ...how, seed: 7 },
    { ...how, seed: 8 },
  ]);
});

test.each([
  [{ decoding: { temperature: 0.5, topP: 1, maxTokens: 50 } }, /made with temperature 0\.4, the study now says 0\.5/],
  [{ decoding: { temperature: 0.4, topP: 0.9, maxTokens: 50 } }, /made with topP 1, the study now says 0\.9/],
  [{ decoding: { temperature: 0.4, topP: 1, maxTokens: 60 } }, /made with maxTokens 50, the study now says 60/],
  [{ seed: 2 }, /made with seed .*1, the study now says 2/],
])("a run is not gone on with under other decoding: %j", async (change, words) => {
  const run = await make({ prompts: ["ct"], datasets: [{ name: "demo-cases", tasks: 2 }] });
  await generateRun(run);
  const before = await linesOf(run);
  // Whether something is missing or not.
  for (const more of [{}, { datasets: [{ name: "demo-cases", tasks: 3 }] }]) {
    const work = changed(run, { ...change, ...more });
    await expect(work).rejects.toThrow(InputError);
    await expect(work).rejects.toThrow(words);
    await expect(work).rejects.toThrow(/samples of m base ct demo-cases were.*use another run folder or put it back/);
  }
  expect(await linesOf(run)).toEqual(before);
});

test("a route or prompt texts that changed are other decoding too", async () => {
  const run = await make({ prompts: ["ct"], datasets: [{ name: "demo-cases", tasks: 1 }] });
  await generateRun(run);
  const models = [{ name: "m", endpoint: stub.address, route: "completion" }];
  await expect(changed(run, { models })).rejects.toThrow(/with route chat, the study now says completion/);
  const file = join(run.path, "samples.jsonl");
  await writeFile(
    file,
    (await readFile(file, "utf8")).replace(`"template":${defaultTemplates().version}`, '"template":1'),
  );
  await expect(generateRun(run)).rejects.toThrow(
    /with prompt template 1, this safelab has \d+: use another run folder/,
  );
});

test("failed and imported samples do not tie a run to a decoding, and more samples may be asked for", async () => {
  const run = await make({ datasets: [{ name: "demo-cases", tasks: 1 }] });
  stub.behave = ({ body }, response) =>
    body["max_tokens"] === 1 ? reply : sendJson(response, 400, { error: { message: "no" } });
  expect(await generateRun(run)).toMatchObject({ counts: { endpointFailed: 1 } });
  stub.behave = () => reply;
  expect(await changed(run, { seed: 5 })).toMatchObject({ counts: { generated: 1 } });
  expect(await changed(run, { seed: 5, k: 3 })).toMatchObject({ counts: { generated: 2 }, skipped: 1 });
  const file = join(run.path, "samples.jsonl");
  await writeFile(file, (await readFile(file, "utf8")).replaceAll(/"decoding":\{[^}]*\},/g, ""));
  expect(await changed(run, { seed: 6, k: 3 })).toMatchObject({ counts: {}, skipped: 3 });
});
