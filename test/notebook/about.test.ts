import { join } from "node:path";
import { expect, test } from "vitest";
import { about } from "../../src/notebook/about.js";
import { projectRoot } from "../../src/process/projectRoot.js";
import { openRunAt } from "../../src/record/openRun.js";

test("the run's folder is said as the notebook sees it", async () => {
  const { rows } = await openRunAt(join(projectRoot(), "data", "demo"));
  const words = about(rows);
  expect(words).toContain("| **Run** | demo (data/demo) |");
  expect(words).not.toContain(projectRoot());
});
