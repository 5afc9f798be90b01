import { Command } from "commander";
import { expect, test } from "vitest";
import { commands } from "../../src/cli/commands.js";

test("each command is added under the name that loads it", async () => {
  const names = [];
  for (const load of commands.values()) {
    const root = new Command();
    (await load())(root, new AbortController().signal);
    names.push(root.commands.map((command) => command.name()));
  }
  expect(names).toEqual([...commands.keys()].map((name) => [name]));
});
