import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "../../src/process/projectRoot.js";
import { extras } from "../../src/process/extras.js";
import { hasExtra, installExtra, requireExtra } from "../../src/process/venv.js";

test("the base extra that the tests run with is the pinned one, and a second installation does nothing", async () => {
  expect(await hasExtra("base")).toBe(true);
  const told: string[] = [];
  await installExtra("base", (sentence) => told.push(sentence));
  expect(told).toEqual([]);
  const { python } = await requireExtra("base");
  expect(python).toContain(join(projectRoot(), ".venv"));
});

test("every requirement is pinned to one version", async () => {
  for (const { files } of Object.values(extras)) {
    for (const { name } of files) {
      const text = await readFile(join(projectRoot(), "src", "process", "requirements", name), "utf8");
      for (const line of text.trim().split("\n")) expect(line, name).toMatch(/^[\w-]+==[\w.]+$/);
    }
  }
});
