import fc from "fast-check";
import { expect, test } from "vitest";
import { truncateCompletion } from "../../src/generate/truncateCompletion.js";

const prompt = 'import os\n\n\ndef f(a):\n    """Do."""\n    ';

test.each([
  ["the next function", "return a\n\n\ndef g():\n    pass\n", "return a", true],
  ["a call at the margin", "return a\nprint(f(1))\n", "return a", true],
  ["a fence", "return a\n```\nThat is it.", "return a", true],
  ["a comment at the margin", "return a\n\n# usage\nf(1)\n", "return a", true],
  ["nothing", "b = 1\n    return a\n\n\n", "b = 1\n    return a", false],
  ["a string that reaches the margin", 'b = """\ntext\n"""\n    return b\nx', 'b = """\ntext\n"""\n    return b', true],
  ["a bracket that reaches the margin", "b = [\n1,\n]\n    return b\nx", "b = [\n1,\n]\n    return b", true],
  ["a comment at the margin inside the body", "b = 1\n# go on\n    return b\nx", "b = 1\n# go on\n    return b", true],
  ["a quote in a comment", "b = 1  # don't\n    return b\nx = 1", "b = 1  # don't\n    return b", true],
  ["a string that is not closed", "b = 'x\n    return b\nx = 1", "b = 'x\n    return b", true],
])("a completion is cut where the function ends: %s", (_what, completion, body, ended) => {
  expect(truncateCompletion(prompt, completion)).toEqual({ code: `${prompt}${body}\n`, ended });
});

test("a prompt that ends at the margin is continued all the same", () => {
  expect(truncateCompletion("def f(a):\n", "    return a\nx = 1")).toEqual({
    code: "def f(a):\n    return a\n",
    ended: true,
  });
});

test("the prompt stays whole, and cutting twice is cutting once", () => {
  const piece = fc.constantFrom("\n", "    ", "return a", "x", '"""', "'", "(", ")", "#", "\\", "def g():");
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const { code } = truncateCompletion(prompt, pieces.join(""));
      expect(code.startsWith(prompt.trimEnd())).toBe(true);
      if (code.startsWith(prompt)) expect(truncateCompletion(prompt, code.slice(prompt.length)).code).toBe(code);
    }),
  );
});
