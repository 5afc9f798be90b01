import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { InputError } from "../../src/error.js";
import { initRun, type StudyInput } from "../../src/task/initRun.js";

let path: string;
beforeEach(async () => {
  path = join(await mkdtemp(join(tmpdir(), "safelab-init-")), "run");
});

const study: StudyInput = {
  ...{ name: "t", datasets: [{ name: "demo-cases", tasks: 2 }], models: [{ name: "m" }] },
  ...{ methods: ["base"], prompts: ["nl"] },
};

test("the same study opens the folder again, defaults written out or not", async () => {
  const made = await initRun(path, study);
  expect(await initRun(path, study)).toEqual(made);
  expect(await initRun(path, { ...study, k: 1, decoding: { temperature: 0 } })).toEqual(made);
});

test("policies may differ: the folder keeps its own", async () => {
  await initRun(path, study);
  const run = await initRun(path, { ...study, name: "u", policies: { unscannable: "secure" } });
  expect(run.study).toMatchObject({ name: "t", policies: { unscannable: "insecure" } });
});

test.each<[string, Partial<StudyInput>]>([
  ["datasets", { datasets: [{ name: "demo-cases", tasks: 3 }] }],
  ["models", { models: [{ name: "n" }] }],
  ["methods", { methods: ["base", "prompt-generic"] }],
  ["prompts", { prompts: ["ct"] }],
  ["k", { k: 2 }],
  ["repeats", { repeats: 2 }],
  ["seed", { seed: 2 }],
  ["decoding", { decoding: { temperature: 0.5 } }],
])("a study that asks for other %s than the folder's is an InputError", async (field, change) => {
  await initRun(path, study);
  await expect(initRun(path, { ...study, ...change })).rejects.toThrow(InputError);
  await expect(initRun(path, { ...study, ...change })).rejects.toThrow(
    new RegExp(`run\\.json in ${path} asks for ${field} .*, not .*: choose another folder or edit it`),
  );
});

test("a study that is not valid is an InputError with the field, whether the folder is there or not", async () => {
  const wrong = { ...study, k: 0 };
  await expect(initRun(path, wrong)).rejects.toThrow(/field "k"/);
  await initRun(path, study);
  await expect(initRun(path, wrong)).rejects.toThrow(/field "k"/);
});
