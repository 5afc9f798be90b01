import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { SetupError } from "../../src/error.js";
import { projectRoot } from "../../src/process/projectRoot.js";

test("the project's folder is the one with its package.json; where none is above the code, it says so and does not seek for ever", () => {
  expect(existsSync(join(projectRoot(), "package.json"))).toBe(true);
  expect(() => projectRoot("/")).toThrow(SetupError);
  expect(() => projectRoot("/")).toThrow("no package.json above /");
});
