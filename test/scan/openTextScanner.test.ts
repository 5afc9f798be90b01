import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findPython } from "../../src/process/findPython.js";
import { openTextScanner } from "../../src/scan/openTextScanner.js";
import { type Scanner, scannedFileName } from "../../src/scan/scanner.js";

/** A scanner that notes its runs and, in its first, waits until it is let go. */
function noting() {
  const runs: number[] = [];
  let letGo = () => {};
  const held = new Promise<void>((resolve) => (letGo = resolve));
  const scanner: Scanner = {
    name: "noting",
    identify: () => Promise.resolve({ version: "1", rulesHash: "0" }),
    async scan(directory, hashes) {
      runs.push(hashes.length);
      if (runs.length === 1) await held;
      expect(hashes.every((hash) => existsSync(join(directory, scannedFileName(hash))))).toBe(true);
      return new Map(hashes.map((hash) => [hash, { status: "secure", reason: "", findings: [] }]));
    },
  };
  return { scanner, runs, letGo };
}

test("texts that come while the scanner runs go into its next run together, equal ones once", async () => {
  const { scanner, runs, letGo } = noting();
  const { executable: python } = await findPython();
  const scan = openTextScanner(scanner, { python });
  const first = scan("a = 1\n");
  while (runs.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  const more = [scan("b = 1\n"), scan("c = 1\n"), scan("b = 1\n"), scan("a = 1\n"), scan("def (")];
  letGo();
  const verdicts = await Promise.all([first, ...more]);
  expect(verdicts.map(({ status }) => status)).toEqual([...Array.from({ length: 5 }, () => "secure"), "unscannable"]);
  expect(runs).toEqual([1, 2]);
});

test("a scanner that fails fails the texts of that run, and the next run is tried", async () => {
  const { executable: python } = await findPython();
  let runs = 0;
  const scan = openTextScanner(
    {
      name: "failing",
      identify: () => Promise.resolve({ version: "1", rulesHash: "0" }),
      scan(_, hashes) {
        runs += 1;
        if (runs === 1) return Promise.reject(new Error("broken"));
        return Promise.resolve(new Map(hashes.map((hash) => [hash, { status: "secure", reason: "", findings: [] }])));
      },
    },
    { python },
  );
  await expect(scan("a = 1\n")).rejects.toThrow("broken");
  expect(await scan("b = 1\n")).toMatchObject({ status: "secure" });
});
