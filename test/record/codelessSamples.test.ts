import { expect, test } from "vitest";
import { codelessSamples } from "../../src/record/codelessSamples.js";
import type { Sample } from "../../src/record/schema/sample.js";
import { sample } from "./fixtures.js";

const empty = { status: "empty", code: null, scanHash: null, testHash: null } as const;
/** Which samples without code get their verdict where samples of these tasks and models have theirs. */
const told = (samples: readonly Sample[], ...known: readonly string[]) => {
  const isKnown = ({ task, model }: Sample) => known.includes(`${task} ${model}`);
  const tells = codelessSamples(samples)({ hash: "testHash", isKnown });
  return samples
    .filter(({ code }) => code === null)
    .filter(tells)
    .map(({ task, model }) => `${task} ${model}`);
};

test("a model of which nothing was executed has no verdicts, whatever others have", () => {
  const samples = ["m", "n"].flatMap((model) => [
    ...["t1", "t2"].map((task) => sample(task, { model })),
    sample("t3", { model, ...empty }),
  ]);
  expect(told(samples, "t1 m", "t2 m")).toEqual(["t3 m"]);
  expect(told(samples, "t1 m", "t2 m", "t1 n")).toEqual(["t3 m", "t3 n"]);
  expect(told(samples)).toEqual([]);
});

test("of a configuration half of the code must have been looked at: equal texts of another do not stand for it", () => {
  const samples = [...["t1", "t2", "t3"].map((task) => sample(task)), sample("t4", empty)];
  expect(told(samples, "t1 m")).toEqual([]);
  expect(told(samples, "t1 m", "t2 m")).toEqual(["t4 m"]);
});

test("a task that nobody executed yet has no verdicts, be it that none of its samples has code", () => {
  const samples = [...["t1", "t2", "t3"].map((task) => sample(task)), sample("t3", { model: "n", ...empty })];
  expect(told(samples, "t1 m", "t2 m")).toEqual([]);
  expect(told(samples, "t1 m", "t3 m")).toEqual(["t3 n"]);
  expect(told([...samples, sample("t4", empty)], "t1 m", "t2 m")).toEqual(["t4 m"]);
});

test("where nobody has code nothing is waited for", () => {
  expect(told([sample("t1", empty), sample("t2", empty)])).toEqual(["t1 m", "t2 m"]);
});

test("samples of another index stand for their own alone", () => {
  const more = ["t1", "t2", "t3", "t4"].map((task) => sample(task, { index: 1 }));
  const samples = [sample("t1"), sample("t2", empty), ...more];
  const tells = codelessSamples(samples)({
    hash: "testHash",
    isKnown: ({ index, task }) => index === 0 || task === "t2",
  });
  expect(samples.filter(({ code }) => code === null).filter(tells)).toHaveLength(1);
});
