import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { findRunFolder } from "../../src/notebook/findRunFolder.js";
import { projectRoot } from "../../src/process/projectRoot.js";

const folder = mkdtempSync(join(tmpdir(), "safelab-find-"));
afterAll(() => rmSync(folder, { recursive: true }));
const demo = join(projectRoot(), "data", "demo");

test.each([
  ["data/demo", join(projectRoot(), "notebooks")],
  ["../data/demo", join(projectRoot(), "notebooks")],
  ["../data/demo", join(projectRoot(), "notebooks", "mine", "deeper")],
  ["data/demo", tmpdir()],
  ["../data/demo", tmpdir()],
  [demo, tmpdir()],
])("%s is the project's demo, seen from %s", (path, from) => {
  expect(findRunFolder(path, from)).toBe(demo);
});

test("the notebook's own folder goes first, then those above it", () => {
  const [near, far] = [join(folder, "a", "b", "data", "demo"), join(folder, "data", "demo")];
  for (const place of [near, far]) {
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, "run.json"), "{}");
  }
  expect(findRunFolder("data/demo", join(folder, "a", "b"))).toBe(near);
  expect(findRunFolder("data/demo", join(folder, "a"))).toBe(far);
});

test("a folder that is nowhere is named from where the notebook lies", () => {
  expect(findRunFolder("mine", folder)).toBe(join(folder, "mine"));
});
