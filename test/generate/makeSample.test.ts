import { expect, test } from "vitest";
import { makeSample, type RepairPolicy } from "../../src/generate/makeSample.js";
import { repairIndent } from "../../src/generate/repairIndent.js";
import { sha256 } from "../../src/record/canonical.js";
import { Sample, type SampleKey } from "../../src/record/schema/sample.js";
import { calibrate } from "../../src/task/calibrate.js";
import type { Task } from "../../src/task/task.js";

const task: Task = {
  ...{
    schemaVersion: 1,
    dataset: "D",
    id: "a",
    cwe: [],
    prompts: { nl: "", ct: "" },
    entryPoint: "f",
    reference: "",
    libs: [],
  },
  ...{ style: "unittest", codePrompt: "import os\ndef f(a):\n", test: "" },
};
const key = (method = "base"): SampleKey => ({
  ...{ dataset: "D", task: "a", prompt: "ct", model: "m", method, repeat: 0, index: 1 },
});
const none: RepairPolicy = { scope: "none", applyTo: "tests" };
const three = "def f(a):\n   return a\n";
const four = "def f(a):\n    return a\n";
const make = (code: string | null, policy = none, method = "base") =>
  makeSample(key(method), task, { code, status: code === null ? "empty" : "generated", rounds: [] }, policy);

test("scanners see the code, the tests the calibrated text", () => {
  const sample = make(four);
  expect(Sample.parse(sample)).toEqual(sample);
  expect(sample).toMatchObject({ ...key(), code: four, scanHash: sha256(four), repairs: [] });
  expect(sample.testHash).toBe(sha256(`import os\ndef f(a):\n\n    pass\n${four}`));
});

test("without code there are no hashes", () => {
  expect(make(null)).toMatchObject({ status: "empty", code: null, scanHash: null, testHash: null, repairs: [] });
});

test("the repair changes what is tested only, and is recorded", () => {
  expect(make(three, { scope: "all", applyTo: "tests" })).toMatchObject({
    ...{ code: three, scanHash: sha256(three), testHash: sha256(calibrate(task, four)), repairs: ["indent3to4"] },
  });
});

test("the repair changes what is scanned as well where the study says so", () => {
  expect(make(three, { scope: "all", applyTo: "tests+scan" })).toMatchObject({
    ...{ code: four, scanHash: sha256(four), testHash: sha256(calibrate(task, four)), repairs: ["indent3to4"] },
  });
});

test("the executed text follows from the record: its code repaired and calibrated", () => {
  for (const applyTo of ["tests", "tests+scan"] as const) {
    const { code, testHash } = make(three, { scope: "all", applyTo });
    expect(sha256(calibrate(task, repairIndent(code as string)))).toBe(testHash);
  }
});

test("the scope decides whose code is repaired", () => {
  const fires = (scope: RepairPolicy["scope"], method: string) =>
    make(three, { scope, applyTo: "tests" }, method).repairs.length > 0;
  expect(fires("none", "codeguard")).toBe(false);
  expect(fires("codeguard", "codeguard")).toBe(true);
  expect(fires("codeguard", "codeguard+")).toBe(true);
  expect(fires("codeguard", "base")).toBe(false);
  expect(fires("all", "base")).toBe(true);
});

test("a repair that does not fire is not recorded", () => {
  expect(make(four, { scope: "all", applyTo: "tests" }).repairs).toEqual([]);
});
