import fc from "fast-check";
import { expect, test } from "vitest";
import { textWidth } from "../../src/figure/textWidth.js";
import { wrapText } from "../../src/figure/wrapText.js";

test("lines fit and lose no word", () => {
  const word = fc.stringMatching(/^[A-Za-z0-9._-]{1,30}$/);
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 12 }), fc.integer({ min: 60, max: 400 }), (words, width) => {
      const lines = wrapText(words.join(" "), width, 11);
      expect(lines.join("").replace(/ /g, "")).toBe(words.join(""));
      for (const line of lines) expect(textWidth(line, 11)).toBeLessThanOrEqual(width);
    }),
  );
});

test("breaks at spaces, and a word that is wider than a line behind its hyphens, slashes and dots", () => {
  expect(wrapText("one two three four", 60, 11)).toEqual(["one two", "three four"]);
  expect(wrapText("DeepSeek-Coder-V2-Lite", 80, 11)).toEqual(["DeepSeek-", "Coder-V2-Lite"]);
  expect(wrapText("x".repeat(20), 80, 11)).toEqual(["x".repeat(12), "x".repeat(8)]);
});

test("keeps a number and its unit together, and n with its number", () => {
  expect(wrapText("Security prompt (n = 20)", 100, 11)).toEqual(["Security prompt", "(n\u00a0=\u00a020)"]);
  expect(wrapText("intervals of 95 % here", 80, 11)).toEqual(["intervals of", "95\u00a0% here"]);
});

// Widths in Chromium with Open Sans at 11 px: canvas.measureText(text).width.
test("knows about how wide a text is", () => {
  expect(textWidth("llllllllll", 11)).toBeLessThan(textWidth("mmmmmmmmmm", 11) / 3);
  expect(textWidth("DeepSeek-Coder-V2-Lite", 11, "bold")).toBeGreaterThan(textWidth("DeepSeek-Coder-V2-Lite", 11));
});
