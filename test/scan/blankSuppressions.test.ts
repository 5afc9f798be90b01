import fc from "fast-check";
import { expect, test } from "vitest";
import { blankSuppressions } from "../../src/scan/blankSuppressions.js";

test.each([
  ["x()  # nosec B101", "x()  # nose_ B101"],
  ["# NOSEC", "# NOSE_"],
  ["# noqa: S101", "# noq_: S101"],
  ["# nosemgrep: rule", "# nosemgre_: rule"],
  ["# nosem", "# nose_"],
  ["# bearer:disable python_lang_eval", "# bearer:disabl_ python_lang_eval"],
  ["# bearer:expected python_lang_eval", "# bearer:expecte_ python_lang_eval"],
  ["# lgtm[py/command-line-injection]", "# lgt_[py/command-line-injection]"],
  ["# codeql [py/sql-injection]", "# codeq_ [py/sql-injection]"],
  ["codeql = 1", "codeql = 1"],
])("in %j a scanner sees %j", (code, seen) => {
  expect(blankSuppressions(code)).toBe(seen);
  expect(seen).toHaveLength(code.length);
});

test("no line and no column moves, nothing but such a word changes, and none is left", () => {
  const words = [
    "# nosec",
    "nosemgrep",
    "lgtm",
    "# bearer:disable x",
    "x = 'a'",
    "\n",
    "\r\n",
    " ",
    "é",
    "\u2028",
    "print(1)",
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...words), { maxLength: 12 }), (parts) => {
      const code = parts.join("");
      const seen = blankSuppressions(code);
      expect(seen).toHaveLength(code.length);
      expect(seen.split(/\r\n|\r|\n/).map((line) => line.length)).toEqual(
        code.split(/\r\n|\r|\n/).map((line) => line.length),
      );
      expect(seen).not.toMatch(/nosec|nosemgrep|lgtm|bearer:disable/);
      expect(seen.replace(/(?<=nose|nosemgre|lgt|disabl)_/g, (_, at: number) => code[at] ?? "")).toBe(code);
    }),
  );
});
