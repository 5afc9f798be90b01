import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { deletedLines, lineDiff, textLines } from "../../src/analysis/lineDiff.js";

describe("textLines", () => {
  test("counts lines as Python does, whatever ends them", () => {
    expect(textLines("a\r\nb\rc\nd\n")).toEqual(["a", "b", "c", "d"]);
    expect(textLines("a\n\n")).toEqual(["a", ""]);
    expect(textLines("")).toEqual([]);
  });
});

describe("lineDiff", () => {
  test("a replaced stretch stands beside what replaced it", () => {
    expect(lineDiff(["a", "x", "y", "b"], ["a", "z", "b"])).toEqual([
      { left: 0, right: 0, same: true },
      { left: 1, right: 1, same: false },
      { left: 2, same: false },
      { left: 3, right: 2, same: true },
    ]);
    expect(lineDiff(["a"], ["b", "c"])).toEqual([
      { left: 0, right: 0, same: false },
      { right: 1, same: false },
    ]);
    expect(lineDiff([], ["a"])).toEqual([{ right: 0, same: false }]);
  });

  test("holds every line of both texts once and in order, equal where it says so", () => {
    const text = fc.array(fc.constantFrom("a", "b", "c", ""), { maxLength: 12 });
    fc.assert(
      fc.property(text, text, (left, right) => {
        const pairs = lineDiff(left, right);
        expect(pairs.flatMap((pair) => pair.left ?? [])).toEqual(left.map((_, i) => i));
        expect(pairs.flatMap((pair) => pair.right ?? [])).toEqual(right.map((_, i) => i));
        for (const pair of pairs.filter(({ same }) => same)) {
          expect(left[pair.left ?? -1]).toBe(right[pair.right ?? -1]);
        }
      }),
    );
  });

  test("counts what the right text has lost", () => {
    expect(deletedLines("a\nb\nc\n", "a\nc\nd\n")).toBe(1);
    expect(deletedLines("a\nb\n", "")).toBe(2);
    expect(deletedLines("a\n", "a\nb\n")).toBe(0);
  });
});
