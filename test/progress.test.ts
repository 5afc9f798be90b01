import { expect, test } from "vitest";
import { countsText } from "../src/progress.js";

test("counts stand in the same order however the work went, and what did not happen is left out", () => {
  expect(countsText({ passed: 12, failed: 3, tampered: 0 })).toBe("failed 3, passed 12");
  expect(countsText({ failed: 3, passed: 12 })).toBe("failed 3, passed 12");
  expect(countsText({})).toBe("");
});
