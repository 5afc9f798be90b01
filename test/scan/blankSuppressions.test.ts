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
