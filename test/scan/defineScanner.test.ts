import { expect, test } from "vitest";
import { readRecords } from "../../src/record/readRecords.js";
import { defineScanner, type ScannerDefinition } from "../../src/scan/defineScanner.js";
import { scanRun } from "../../src/scan/scanRun.js";
import { runWithSamples } from "./runWithSamples.js";

const scan: ScannerDefinition["scan"] = (code) =>
  code.split("\n").flatMap((text, at) => (/\beval\(/.test(text) ? [{ ruleId: "eval", line: at + 1, cwe: [95] }] : []));

test("a scanner of the user's own is a function of one text: findings, silence, and an error that costs no other file", async () => {
  const fragile = defineScanner({
    name: "no-eval",
    version: "1",
    scan: (code) => {
      if (code.includes("boom")) throw new Error("cannot read this");
      return scan(code);
    },
  });
  const run = await runWithSamples(["x = 1\neval(input())\n", "x = 1\n", "boom = 1\n", "def f(:\n"]);
  expect(await scanRun(run, { scanners: [fragile] })).toMatchObject({
    counts: { insecure: 1, secure: 1, scanFailed: 1, unscannable: 1 },
  });
  const scans = await readRecords(run, "scans");
  expect(scans.map(({ scanner, status, reason }) => [scanner, status, reason])).toEqual([
    ["no-eval", "insecure", ""],
    ["no-eval", "secure", ""],
    ["no-eval", "scanFailed", "cannot read this"],
    ["no-eval", "unscannable", "SyntaxError: invalid syntax (line 1)"],
  ]);
  expect(scans[0]?.findings).toEqual([
    { ruleId: "eval", cwe: [95], severity: "UNDEFINED", confidence: "UNDEFINED", lines: [2, 2], message: "" },
  ]);
});

test("an edited function, or another version, has rules of its own", async () => {
  const hashes = [
    defineScanner({ name: "a", version: "1", scan }),
    defineScanner({ name: "a", version: "2", scan }),
    defineScanner({ name: "a", version: "1", scan: () => [] }),
  ].map(async (scanner) => (await scanner.identify()).rulesHash);
  expect(new Set(await Promise.all(hashes)).size).toBe(3);
});

test.each(["bandit", "9", "a b", ""])("%j cannot name one", (name) => {
  expect(() => defineScanner({ name, version: "1", scan })).toThrow(/cannot name a scanner/);
});
