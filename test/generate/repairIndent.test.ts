import fc from "fast-check";
import { expect, test } from "vitest";
import { repairIndent } from "../../src/generate/repairIndent.js";

test("3-space indentation becomes 4-space indentation", () => {
  expect(repairIndent("def f(a):\n   if a:\n      for b in a:\n         print(b)\n   return a\n")).toBe(
    "def f(a):\n    if a:\n        for b in a:\n            print(b)\n    return a\n",
  );
});

test("a body of 3 below a docstring of 4 becomes one block", () => {
  expect(repairIndent('def f(a):\n    """Do."""\n   if a:\n      a = 1\n   return a\n')).toBe(
    'def f(a):\n    """Do."""\n    if a:\n        a = 1\n    return a\n',
  );
});

test("comments move with their block; strings and continued lines stay", () => {
  expect(repairIndent('def f(a):\n   a = """\n   text\n"""\n   # why\n   b = [\n      1,\n   ]\n   return b\n')).toBe(
    'def f(a):\n    a = """\n   text\n"""\n    # why\n    b = [\n      1,\n   ]\n    return b\n',
  );
});

test.each([
  ["4 spaces", "def f(a):\n    if a:\n        return 1\n"],
  ["2 spaces, with blocks at 6", "def f(a):\n  if a:\n    if a:\n      return 1\n"],
  ["1 space", "def f(a):\n if a:\n  if a:\n   return 1\n"],
  ["tabs", "def f(a):\n\tif a:\n   return 1\n"],
  ["3 spaces in a bracket only", "def f(a):\n    return [\n   1]\n"],
  ["nothing", ""],
])("code that needs no repair is returned unchanged: %s", (_what, code) => {
  expect(repairIndent(code)).toBe(code);
});

const block = (unit: number) =>
  fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1 }).map((depths) => {
    let last = 0;
    return depths.reduce((text, wanted) => {
      const depth = Math.min(wanted, last + 1);
      last = depth;
      return `${text}${" ".repeat(depth * unit)}if a:\n`;
    }, "def f(a):\n");
  });

test("any nesting of 3 spaces becomes the same nesting of 4, and a second repair changes nothing", () => {
  fc.assert(
    fc.property(block(3), (code) => {
      const repaired = repairIndent(code);
      expect(repaired).toBe(code.replace(/^( {3})+/gm, (margin) => " ".repeat((margin.length / 3) * 4)));
      expect(repairIndent(repaired)).toBe(repaired);
    }),
  );
});

test("4-space code is never touched", () => {
  fc.assert(
    fc.property(block(4), (code) => {
      expect(repairIndent(code)).toBe(code);
    }),
  );
});
