import { readFileSync } from "node:fs";
import { expect } from "vitest";

/** The cases of test/stat/golden/NAME.json; its README says which command made them. */
export function golden<Case>(name: string): Case[] {
  const text = readFileSync(new URL(`golden/${name}.json`, import.meta.url), "utf8");
  const { cases } = JSON.parse(text) as { cases: Case[] };
  expect(cases.length).toBeGreaterThan(0);
  return cases;
}

/** Fails unless both agree to `tolerance`, relative to the expected value (absolute below 1e-250, where SciPy's own tails give out). */
export function expectClose(actual: number, expected: number, tolerance: number, what: unknown): void {
  const error = actual === expected ? 0 : Math.abs(actual - expected) / Math.max(Math.abs(expected), 1e-250);
  if (!(error <= tolerance)) {
    expect.fail(`${JSON.stringify(what)}: ${actual} is not ${expected} (relative error ${error})`);
  }
}
