import fc from "fast-check";
import { expect, test } from "vitest";
import { scannedText } from "../../src/scan/scannedText.js";

test.each([
  ["# coding: utf-7\nx = 1\n", "# c_ding: utf-7\nx = 1\n"],
  ["#!/usr/bin/python\n# -*- coding: latin-1 -*-\n", "#!/usr/bin/python\n# -*- c_ding: latin-1 -*-\n"],
  ["#x\r# vim: fileencoding=gbk\rx = 1", "#x\r# vim: fileenc_ding=gbk\rx = 1"],
  ["\ufeff# coding: shift_jis\n", "\ufeff# c_ding: shift_jis\n"],
])("an encoding declaration other than UTF-8 is unmade in place: %j", (code, seen) => {
  expect(scannedText(code)).toBe(seen);
  expect(seen).toHaveLength(code.length);
});

test.each(["# -*- coding: utf-8 -*-\nx = 1\n", "x = 'coding: utf-7'\n", "a\nb\n# coding: utf-7\n", "", "\n\n"])(
  "other text stays as it is: %j",
  (code) => {
    expect(scannedText(code)).toBe(code);
  },
);

test("length and lines of a text never change", () => {
  const piece = fc.constantFrom(
    "#",
    "coding",
    ":",
    "=",
    " ",
    "utf-7",
    "utf-8",
    "\n",
    "\r",
    "x",
    "\u2028",
    "\ufeff",
    "$1",
  );
  fc.assert(
    fc.property(
      fc.array(piece).map((pieces) => pieces.join("")),
      (code) => {
        expect(scannedText(code).replaceAll("c_ding", "coding")).toBe(code);
      },
    ),
  );
});
