import fc from "fast-check";
import { expect, test } from "vitest";
import { progressLine } from "../../src/cli/progressLine.js";

const parts = {
  ...{ stage: "Qwen2.5-Coder-7B base nl demo-cases", done: 10, total: 26, counts: "empty 1, generated 9" },
  ...{ duration: "12s", pace: "50/min, 19s left", now: "demo-c11 3s: generate, request 2 of up to 7, 1.2 requests/s" },
};

test("a wide line holds everything", () => {
  expect(progressLine(parts, 220)).toBe(
    "  Qwen2.5-Coder-7B base nl demo-cases █████████░░░░░░░░░░░░░░░ 10/26  empty 1, generated 9  " +
      "12s, 50/min, 19s left  demo-c11 3s: generate, request 2 of up to 7, 1.2 requests/s",
  );
});

test("in 80 columns what is under way gives way, and the name of the stage, but no count", () => {
  expect(progressLine(parts, 80)).toBe("  Qwen2.5-Coder-7B base n… 10/26  empty 1, generated 9  12s, 50/min, 19s left");
  expect(progressLine({ ...parts, stage: "scan bandit", now: "" }, 80)).toBe(
    "  scan bandit              10/26  empty 1, generated 9  12s, 50/min, 19s left",
  );
});

test("a pause is still to be seen in 80 columns", () => {
  const now = "pauses, next try in 40s (no connection): 12s, given up at 9m 00s";
  expect(progressLine({ ...parts, stage: "m base nl demo-cases", pace: "", now }, 80)).toBe(
    "  m base nl demo-cases     10/26  empty 1, generated 9  12s  pauses, next try…",
  );
});

test("a stage without anything to do has an empty bar", () => {
  expect(progressLine({ ...parts, done: 0, total: 0 }, 220)).toContain(` ${"\u2591".repeat(24)} 0/0  `);
});

test("every line that can be fits its terminal, and holds how many are done and how they came out", () => {
  const text = fc.string({ maxLength: 90 });
  fc.assert(
    fc.property(text, text, fc.nat(2000), fc.integer({ min: 70, max: 250 }), (stage, now, done, columns) => {
      const line = progressLine({ ...parts, stage, now, done, total: 2000 }, columns);
      expect(line.length).toBeLessThan(columns);
      expect(line).toContain(`${done}/2000  empty 1, generated 9`);
    }),
  );
});
