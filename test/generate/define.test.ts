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
