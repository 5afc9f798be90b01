import { execFile } from "node:child_process";
import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { InputError } from "../../src/error.js";
import { defineMethod } from "../../src/generate/defineMethod.js";
import { defineModel } from "../../src/generate/defineModel.js";
import { extractCode } from "../../src/generate/extractCode.js";
import { generateRun } from "../../src/generate/generateRun.js";
import { modelPresets, presetModel } from "../../src/generate/modelPresets.js";
import { projectRoot } from "../../src/process/projectRoot.js";
import { readRecords } from "../../src/record/readRecords.js";
import { StudyModel } from "../../src/record/schema/study.js";
import { initRun } from "../../src/task/initRun.js";

const polite = defineMethod({
  name: "polite",
  traits: { access: "none", weightUpdate: false, promptChange: true, decodingControl: false, externalTool: false },
  async generate(task, context) {
    const content = `Please solve this safely.\n\n${task.prompts.nl}`;
    const round = await context.ask("generate", { messages: [{ role: "user", content }] });
    if (round.reply === null) return { rounds: [round], code: null, status: "endpointFailed" };
    return { rounds: [round], ...extractCode(round.reply, task.entryPoint, round.finishReason) };
  },
});

const make = async (name: string, methods: string[]) =>
  initRun(join(await mkdtemp(join(tmpdir(), "safelab-define-")), "run"), {
    ...{ name, datasets: [{ name: "demo-cases", tasks: 2 }], models: [{ name: "echo" }], methods, prompts: ["nl"] },
  });

test("a model and a method of one's own make a study's samples, as the examples of defineModel and defineMethod show", async () => {
  const asked: string[] = [];
  const echo = defineModel({
    name: "echo",
    reply: ({ sent }) => {
      asked.push(JSON.stringify(sent));
      return Promise.resolve("```python\ndef f():\n    pass\n```");
    },
  });
  const run = await make("echo", ["base", "polite"]);
  const summary = await generateRun(run, { ownModels: [echo], methods: [polite] });
  expect(summary).toMatchObject({ counts: { generated: 4 }, notGenerated: 0 });
  expect(asked.filter((text) => text.includes("Please solve this safely."))).toHaveLength(2);
  const samples = await readRecords(run, "samples");
  expect(samples.map(({ code, rounds }) => [code, rounds[0]?.endpoint])).toEqual(
    Array(4).fill(["def f():\n    pass\n", "echo (defined in TypeScript)"]),
  );
  expect(await generateRun(run, { ownModels: [echo], methods: [polite] })).toMatchObject({ counts: {}, skipped: 4 });
});

test("what one's own model throws is a failed request, which the next call tries again", async () => {
  const run = await make("failing", ["base"]);
  let calls = 0;
  const failing = defineModel({
    name: "echo",
    reply: () => {
      calls += 1;
      return calls === 1 ? Promise.reject(new Error("no luck")) : Promise.resolve("x = 1");
    },
  });
  expect(await generateRun(run, { ownModels: [failing] })).toMatchObject({ counts: { endpointFailed: 1 } });
  expect(await generateRun(run, { ownModels: [failing] })).toMatchObject({ skipped: 1 });
});

const echo = defineModel({ name: "echo", reply: () => Promise.resolve("```python\nx = 1\n```") });
const round = { purpose: "generate", sent: { prompt: "x" }, reply: "x", finishReason: "stop", tokens: null };
const whole = { ...round, seconds: 0, endpoint: "echo" };

test.each([
  ["a status that there is not", { rounds: [], code: "x = 1\n", status: "great" }, /field "status".*there is 'great'/],
  ["code that is no text", { rounds: [], code: 3, status: "generated" }, /field "code".*there is 3\b/],
  ["no rounds", { code: "x = 1\n", status: "generated" }, /field "rounds".*there is undefined/],
  ["a round that is none", { rounds: [whole, round], code: "x", status: "generated" }, /field "rounds\.1\.seconds"/],
  ["nothing", undefined, /expected object.*there is undefined/],
  ["no code where there should be some", { rounds: [], code: null, status: "generated" }, /field "code": null, though/],
  ["code where there should be none", { rounds: [], code: "x", status: "refused" }, /field "code": a text, though/],
])(
  "a method that gives %s is named with task and field, and nothing of it is written",
  async (_what, result, words) => {
    const run = await make("careless", ["careless"]);
    const careless = defineMethod({ ...polite, name: "careless", generate: () => Promise.resolve(result as never) });
    const failure = await generateRun(run, { ownModels: [echo], methods: [careless] }).catch(
      (thrown: unknown) => thrown,
    );
    expect(failure).toBeInstanceOf(InputError);
    expect(failure).toHaveProperty("message", expect.stringMatching(words));
    expect(failure).toHaveProperty(
      "message",
      expect.stringContaining('method "careless" gave no valid sample for demo-c01'),
    );
    expect(await readRecords(run, "samples")).toEqual([]);
  },
);

test.each([
  ["a number", 42, /model "echo" must reply with a text or \{ reply: text \}, not 42/],
  ["an object without reply", { text: "x" }, /model "echo" .*not \{ text: 'x' \}/],
  ["nothing", undefined, /model "echo" .*not undefined/],
  ["a part of a token", { reply: "x", tokens: { prompt: 0.5, completion: 1 } }, /model "echo" .*prompt: 0\.5/],
])("a model that replies with %s has a failed request that says so", async (_what, reply, words) => {
  const own = defineModel({ name: "echo", reply: () => Promise.resolve(reply as never) });
  const run = await make("careless", ["base"]);
  await generateRun(run, { ownModels: [own], patience: { limitMs: 0 } }).catch(() => undefined);
  const [sample] = await readRecords(run, "samples");
  expect(sample?.status).toBe("endpointFailed");
  expect(sample?.rounds[0]?.error).toMatch(words);
});

test("what a reply leaves open, also as undefined, is filled in", async () => {
  const reply = { reply: "x = 1", finishReason: undefined, tokens: undefined };
  const own = defineModel({ name: "echo", reply: () => Promise.resolve(reply as never) });
  const run = await make("open", ["base"]);
  await generateRun(run, { ownModels: [own] });
  expect((await readRecords(run, "samples"))[0]?.rounds[0]).toMatchObject({ finishReason: "stop", tokens: null });
});

test("definitions that cannot work are refused at once", () => {
  const reply = () => Promise.resolve("");
  expect(() => defineModel({ name: "m", reply: 3 as never })).toThrow(
    /model "m": `reply` is 3, and must be a function/,
  );
  expect(() => defineModel({ name: "m", reply, route: "talk" as never })).toThrow(/`route` is 'talk'/);
  expect(() => defineModel({ name: "m", reply, concurrency: 0 })).toThrow(/`concurrency` is 0/);
  expect(() => defineModel({ reply } as never)).toThrow(/needs a name/);
  expect(() => defineMethod({ ...polite, generate: undefined as never })).toThrow(/no function `generate`/);
});

test("names that are empty or taken are refused", () => {
  expect(() => defineMethod({ ...polite, name: "base" })).toThrow(InputError);
  expect(() => defineMethod({ ...polite, name: " " })).toThrow(/needs a name/);
  expect(() => defineModel({ name: "", reply: () => Promise.resolve("") })).toThrow(/needs a name/);
});

test("the seven presets are models of a study, with what serves them where they are not there", () => {
  const models = modelPresets.map(({ name }) => StudyModel.parse(presetModel(name, "http://127.0.0.1:8000/v1")));
  expect(models.map(({ name, route }) => `${name} ${route}`)).toEqual([
    ...["CodeLlama-7B chat", "Qwen2.5-Coder-7B chat", "DeepSeek-Coder-V2-Lite chat", "Mistral-7B chat"],
    ...["StarCoder-1B completion", "GPT-3.5-Turbo chat", "GPT-4o chat"],
  ]);
  expect(presetModel("gpt-4o")).toMatchObject({ endpoint: "https://api.openai.com/v1", keyVariable: "OPENAI_API_KEY" });
  expect(() => presetModel("mistral-7b")).toThrow(/needs the address.*vllm serve mistralai/);
  expect(() => presetModel("llama")).toThrow(InputError);
});

test("the example in environment.md runs as it stands", async () => {
  const text = await readFile(join(projectRoot(), "environment.md"), "utf8");
  const [, example] = /```ts\n(import \{ defineMethod.*?)\n```\n/s.exec(text) ?? [];
  const folder = join(await mkdtemp(join(tmpdir(), "safelab-define-")), "own");
  const script = (example ?? "").replace('"safelab"', JSON.stringify(join(projectRoot(), "dist", "index.js")));
  const code = script.replace('"out/own"', JSON.stringify(folder));
  await promisify(execFile)(process.execPath, ["--input-type=module", "-e", code], { cwd: projectRoot() });
  const samples = (await readFile(join(folder, "samples.jsonl"), "utf8")).trim().split("\n");
  expect(samples).toHaveLength(4);
});
