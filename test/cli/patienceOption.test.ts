import { Command } from "commander";
import { expect, test } from "vitest";
import { patienceOf, type PatienceOption, withPatience } from "../../src/cli/patienceOption.js";

const parsed = (...args: readonly string[]) =>
  patienceOf(withPatience(new Command()).parse(args, { from: "user" }).opts<PatienceOption>());

test("without --patience a failing server is waited for ten minutes, and one that is not there at the start not at all", () => {
  expect(parsed()).toEqual({ patience: { limitMs: 600_000 }, serverStartMs: 0 });
});

test("--patience holds at the start as well, and --help says so", () => {
  expect(parsed("--patience", "30")).toEqual({ patience: { limitMs: 1_800_000 }, serverStartMs: 1_800_000 });
  expect(parsed("--patience", "0")).toEqual({ patience: { limitMs: 0 }, serverStartMs: 0 });
  const help = withPatience(new Command()).helpInformation().replace(/\s+/g, " ");
  expect(help).toMatch(/--patience <minutes> .*\(default: 10\).*servers that are not there at the start/);
});
