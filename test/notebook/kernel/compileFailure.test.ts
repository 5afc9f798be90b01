import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import { compileFailure } from "../../../src/notebook/kernel/compileFailure.js";

const source = 'const fine = 1;\nconst wrong: number = "text";\nshow(fine, { rows: "two" });';

test("every place is named once with its line underlined, further words of the compiler under it", () => {
  const { ename, evalue, traceback } = compileFailure(
    [
      { file: "", line: 2, column: 7, text: "Type 'string' is not assignable to type 'number'." },
      { file: "", line: 3, column: 20, text: "No overload matches this call." },
      { file: "", line: 3, column: 20, text: "Overload 1 of 2 gave this error." },
    ],
    source,
  );
  expect(ename).toBe("TypeScriptError");
  expect(evalue).toBe(
    "line 2, column 7: Type 'string' is not assignable to type 'number'.\n" +
      "line 3, column 20: No overload matches this call. Overload 1 of 2 gave this error.",
  );
  expect(stripVTControlCharacters(traceback.join("\n"))).toBe(
    [
      "TypeScript error in line 2, column 7: Type 'string' is not assignable to type 'number'.",
      '  2 | const wrong: number = "text";',
      "    |       ~~~~~",
      "TypeScript error in line 3, column 20: No overload matches this call.",
      "  Overload 1 of 2 gave this error.",
      '  3 | show(fine, { rows: "two" });',
      "    |                    ~~~~~",
    ].join("\n"),
  );
});

test("a refusal in a module beside the notebook names the module and shows no line of the cell", () => {
  const { traceback } = compileFailure([{ file: "mine.ts", line: 1, column: 1, text: "No." }], source);
  expect(traceback.map((text) => stripVTControlCharacters(text))).toEqual([
    "TypeScript error in mine.ts, line 1, column 1: No.",
  ]);
});
