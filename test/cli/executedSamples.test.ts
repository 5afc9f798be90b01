import { expect, test } from "vitest";
import { executedSamples } from "../../src/cli/executedSamples.js";

const summary = { environments: {}, undecidable: [], counts: { passed: 60, failed: 30 }, recorded: 7 };

test("distinct programs are told apart from the samples that they stand for, and samples without a verdict are named", () => {
  expect(executedSamples({ ...summary, samples: 124, noCode: 3, withheld: 2 })).toEqual([
    "97 distinct programs for 124 samples",
    "3 samples have no code and count as failed",
    "2 samples keep their code back and cannot be executed",
  ]);
});

test("nothing is said where every sample is a program of its own", () => {
  expect(executedSamples({ ...summary, samples: 97, noCode: 0, withheld: 0 })).toEqual([]);
});
