import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { about } from "../../src/notebook/about.js";
import { openRecorded } from "../../src/notebook/openRecorded.js";
import { projectRoot } from "../../src/process/projectRoot.js";
import { openRunAt } from "../../src/record/openRun.js";

test("the run's folder is said as the notebook sees it", async () => {
  const { rows } = await openRunAt(join(projectRoot(), "data", "demo"));
  const words = about(rows);
  expect(words).toContain("| **Run** | demo (data/demo) |");
  expect(words).not.toContain(projectRoot());
});

test("a recorded study's folder is said as the project has it, wherever the notebook lies", async () => {
  const { rows } = await openRecorded("seccodeplt-references");
  const outside = vi.spyOn(process, "cwd").mockReturnValue(tmpdir());
  const words = about(rows);
  outside.mockRestore();
  expect(words).toContain("| **Run** | seccodeplt-references (data/recorded/seccodeplt-references) |");
  expect(words).not.toContain(projectRoot());
});
