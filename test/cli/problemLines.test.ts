import { expect, test } from "vitest";
import { problemLines } from "../../src/cli/problemLines.js";

test("each status has one line with its reasons, the most frequent first, and few of them", () => {
  const many = Object.fromEntries(Array.from({ length: 8 }, (_, i) => [`reason ${i}`, 1]));
  expect(problemLines({ unparsed: { "an empty reply": 2, "cut off after 768 tokens": 9 }, judgeFailed: many })).toEqual(
    [
      "unparsed: 9 cut off after 768 tokens, 2 an empty reply",
      "judgeFailed: 1 reason 0, 1 reason 1, 1 reason 2, 1 reason 3, 1 reason 4, 3 for other reasons",
    ],
  );
  expect(problemLines({})).toEqual([]);
});
