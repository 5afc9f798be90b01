import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { defaultLimits } from "../../src/execute/defaultLimits.js";
import { failingReferences } from "../../src/execute/failingReferences.js";
import { findInterpreter } from "../../src/execute/interpreter.js";
import { probeIsolation } from "../../src/execute/probeIsolation.js";
import { projectRoot } from "../../src/process/projectRoot.js";
import { addTasks } from "../../src/task/addTasks.js";
import { subjectsOfTasks } from "../../src/task/healthSubjects.js";
import { loadTasks } from "../../src/task/loadTasks.js";
import { Fixtures, Task } from "../../src/task/task.js";
import { taskHealth } from "../../src/task/taskHealth.js";

const page = await readFile(join(projectRoot(), "environment.md"), "utf8");
const section = /\n## Tasks of your own\n(.*?)\n## /s.exec(page)?.[1] ?? "";
const example = /```jsonl\n(.*?\n)```\n/s.exec(section)?.[1] ?? "";

test("the tasks file of environment.md is taken as it stands, in both styles, and nothing is wrong with it", async () => {
  const folder = await mkdtemp(join(tmpdir(), "safelab-own-tasks-"));
  await writeFile(join(folder, "mine.jsonl"), example);
  await addTasks("mine", join(folder, "mine.jsonl"), folder);
  const { tasks } = await loadTasks("mine", [folder]);
  expect(tasks.map(({ style }) => style)).toEqual(["cases", "unittest"]);
  for (const { check, tasks: wrong } of await taskHealth(subjectsOfTasks(tasks))) expect(wrong, check).toEqual([]);
});

test("environment.md names every field of a task that its author writes", () => {
  const fields = Task.options.flatMap(({ shape }) => Object.keys(shape)).filter((field) => field !== "built");
  for (const field of [...fields, "nl", "ct", "ctAfter", ...Object.keys(Fixtures.shape)])
    expect(section, field).toMatch(new RegExp(`[\`"]${field}[\`"]`));
});

const probe = await probeIsolation();
describe.skipIf(!probe.ok)("in the sandbox", () => {
  test("the references of environment.md's tasks pass their own tests", async () => {
    if (!probe.ok) return;
    const tasks = example
      .trim()
      .split("\n")
      .map((line) => Task.parse(JSON.parse(line)));
    const context = { isolation: probe.isolation, interpreter: await findInterpreter(), limits: defaultLimits };
    expect(await failingReferences(tasks, context)).toEqual([]);
  });
});
