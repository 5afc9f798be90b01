import fc from "fast-check";
import { expect, test } from "vitest";
import { pythonTokens } from "../../src/label/pythonTokens.js";

const textOf = (lines: readonly (readonly (readonly [string, string])[])[]) =>
  lines.map((line) => line.map(([, text]) => text).join(""));

test("colours Python, also across lines", () => {
  const lines = pythonTokens(["def f():", '    """one', '    two"""', "    return 1  # done"]);
  expect(lines[0]).toContainEqual(["keyword", "def"]);
  expect(lines[2]).toEqual([["string", '    two"""']]);
  expect(lines[3]).toContainEqual(["comment", "# done"]);
});

test("the text stays what it was, whatever it holds", () => {
  expect(textOf(pythonTokens(["x = \"<b>&amp;</b>\" # '&lt;'"]))).toEqual(["x = \"<b>&amp;</b>\" # '&lt;'"]);
  const line = fc.stringMatching(/^[ -~äöü]{0,30}$/);
  fc.assert(
    fc.property(fc.array(line, { minLength: 1 }), (lines) => {
      expect(textOf(pythonTokens(lines))).toEqual(lines);
    }),
  );
  expect(pythonTokens([])).toEqual([]);
});

test("characters that cannot be seen or turn the reading direction are shown by number", () => {
  expect(pythonTokens(["a\u202eb\u200b"])[0]).toEqual([
    ["", "a"],
    ["unseen", "U+202E"],
    ["", "b"],
    ["unseen", "U+200B"],
  ]);
});
