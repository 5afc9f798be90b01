import { expect, test } from "vitest";
import { durationText, paceText, rateText } from "../src/pace.js";

test("durations are seconds below a minute, then minutes and seconds", () => {
  expect([42.4, 60, 185, Infinity].map(durationText)).toEqual(["42s", "1m 00s", "3m 05s", "…"]);
});

test("a rate below one a second is told by the minute, a high one in whole numbers", () => {
  expect([312.4, 12, 4.25, 0.07].map((rate) => rateText(rate))).toEqual(["312/s", "12/s", "4.3/s", "4.2/min"]);
  expect(rateText(12, " requests")).toBe("12 requests/s");
});

test("the pace counts what was done since the beginning, and the time left follows from it", () => {
  const begin = { at: 1000, done: 10 };
  expect(paceText(begin, { done: 16, total: 40 }, 61_000)).toBe("6.0/min, 4m 00s left");
  expect(paceText(begin, { done: 40, total: 40 }, 61_000)).toBe("30/min");
  expect(paceText(begin, { done: 10, total: 40 }, 61_000)).toBe("");
  expect(paceText(begin, { done: 16, total: 40 }, 1000)).toBe("");
});
