import { expect, test } from "vitest";
import { InputError } from "../../src/error.js";
import { checkPrefix } from "../../src/generate/checkPrefix.js";
import { base } from "../../src/generate/methods/base.js";
import { planGeneration } from "../../src/generate/planGeneration.js";
import { sven } from "../../src/generate/methods/sven.js";
import type { LearnedPrefix, Sample } from "../../src/record/schema/sample.js";
import { Study } from "../../src/record/schema/study.js";
import { task } from "./methods/scriptedContext.js";

const prefix: LearnedPrefix = { name: "350m", control: "sec", nPrefix: 5, base: "codegen", hash: "a".repeat(64) };
const sample = (change: Partial<Sample>): Sample => ({
  ...{ schemaVersion: 1, dataset: "d", task: "t", prompt: "ct", model: "m", method: "sven", repeat: 0, index: 0 },
  ...{ status: "empty", code: null, scanHash: null, testHash: null, repairs: [], rounds: [] },
  ...change,
});

test("sven passes where the server declares a prefix for secure code, other methods where it declares none", () => {
  expect(() => checkPrefix(sven, "m", prefix, [sample({ prefix })])).not.toThrow();
  expect(() => checkPrefix(base, "m", undefined, [])).not.toThrow();
});

test.each([
  [sven, undefined, /"sven": m declares no learned prefix, the method wants one for "sec": start `npx safelab serve-/],
  [sven, { ...prefix, control: "vul" as const }, /has a prefix for "vul", the method wants one for "sec"/],
  [base, prefix, /"base": m puts the learned prefix "350m" before every prompt/],
])("anything else is an InputError that says what to serve", (method, served, words) => {
  expect(() => checkPrefix(method, "m", served, [])).toThrow(InputError);
  expect(() => checkPrefix(method, "m", served, [])).toThrow(words);
});

test("a run is not gone on with under another prefix; imported samples have none", () => {
  const other = { ...prefix, name: "2b", hash: "b".repeat(64) };
  expect(() => checkPrefix(sven, "m", prefix, [sample({ prefix: other })])).toThrow(
    /made with the prefix "2b" \(bbbbbbbbbbbb\), m now has "350m" \(aaaaaaaaaaaa\): use another run folder/,
  );
  expect(() => checkPrefix(sven, "m", prefix, [sample({ imported: { file: "f", line: 1 } })])).not.toThrow();
});

test("sven is not asked in natural language", () => {
  const model = { name: "m", route: "chat" as const };
  expect(() => sven.check?.(model, "ct")).not.toThrow();
  expect(() => sven.check?.(model, "nl")).toThrow(/continues code, .*give model "m" "prompts": \["ct"\]/);
});

test("the way that is named beside natural language for the other methods is one", () => {
  const models = [
    { name: "m", endpoint: "http://x/v1" },
    { name: "m-ct", served: "m", endpoint: "http://x/v1", methods: ["base", "sven"], prompts: ["ct"] },
  ];
  const study = (own: object) =>
    Study.parse({
      ...{ schemaVersion: 1, name: "t", datasets: [{ name: "d" }], methods: ["base"], prompts: ["nl", "ct"] },
      ...{ models, ...own },
    });
  const tasks = new Map([["d", [{ ...task, dataset: "d" }]]]);
  const { configurations } = planGeneration(study({}), tasks, []);
  expect(configurations.map(({ name }) => name)).toEqual([
    ...["m base nl d", "m base ct d", "m-ct base ct d", "m-ct sven ct d"],
  ]);
  expect(() => planGeneration(study({ methods: ["base", "sven"] }), tasks, [])).toThrow(/name the model a second time/);
});
