import { expect, test } from "vitest";
import { editedStudy, importEdits } from "../../src/generate/importEdits.js";
import { planSamples } from "../../src/record/planSamples.js";
import { Study } from "../../src/record/schema/study.js";

const study = (change: object = {}): Study =>
  Study.parse({
    ...{ schemaVersion: 1, name: "t", datasets: [{ name: "D" }], models: [{ name: "m", endpoint: "embedded" }] },
    ...{ methods: ["base"], prompts: ["ct"], ...change },
  });
const tasks = new Map([
  ["D", ["a"]],
  ["E", ["x"]],
]);
const planOf = (of: Study) =>
  planSamples(of, tasks).map(({ dataset, model, method, prompt }) => [dataset, model, method, prompt].join(" "));

test.each([
  ["another model", { dataset: "D", model: "n", method: "base", prompt: "ct" }],
  ["another prompt", { dataset: "D", model: "n", method: "base", prompt: "nl" }],
  ["another data set", { dataset: "E", model: "n", method: "base", prompt: "ct" }],
  ["everything new", { dataset: "E", model: "n", method: "sven", prompt: "nl" }],
  ["a method of a known model", { dataset: "D", model: "m", method: "sven", prompt: "ct" }],
] as const)("only what was imported is planned in addition: %s", (_, target) => {
  const before = study({
    models: [
      { name: "m", endpoint: "embedded" },
      { name: "o", methods: ["base", "promsec"] },
    ],
  });
  const after = planOf(editedStudy(before, importEdits(before, target)));
  const { dataset, model, method, prompt } = target;
  expect(after.sort()).toEqual([...planOf(before), [dataset, model, method, prompt].join(" ")].sort());
});

test("after each edit the study is valid and plans nothing that was not asked", () => {
  const before = study();
  const target = { dataset: "E", model: "m", method: "sven", prompt: "nl" } as const;
  const edits = importEdits(before, target);
  expect(edits.length).toBeGreaterThan(4);
  for (let count = 0; count <= edits.length; count += 1) {
    const plan = planOf(editedStudy(before, edits.slice(0, count)));
    expect(plan).toContain("D m base ct");
    expect(new Set(plan).size).toBe(plan.length);
    if (count <= 4) expect(plan).toEqual(["D m base ct"]);
  }
  expect(planOf(editedStudy(before, edits))).toContain("E m sven nl");
});

test("a configuration that is planned already needs no edit", () => {
  expect(importEdits(study(), { dataset: "D", model: "m", method: "base", prompt: "ct" })).toEqual([]);
});

test("importing every method of two models one after another plans their product and nothing else", () => {
  const methods = ["fp16", "awq", "gguf-q4km", "aqlm", "quip-sharp"];
  const targets = ["codellama", "qwen"].flatMap((model) =>
    methods.map((method) => ({ dataset: "D", model, method, prompt: "nl" }) as const),
  );
  const first = study({ models: [{ name: "codellama" }], methods: ["fp16"], prompts: ["nl"], baseline: "fp16" });
  const asked = targets.reduce((now, target) => editedStudy(now, importEdits(now, target)), first);
  const ids = Array.from({ length: 1140 }, (_, at) => `BigCodeBench/${at}`);
  const plan = planSamples(asked, new Map([["D", ids]]));
  expect(plan).toHaveLength(11_400);
  expect(new Set(plan.map(({ model, method }) => `${model} ${method}`)).size).toBe(10);
});
