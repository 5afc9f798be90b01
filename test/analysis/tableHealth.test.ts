import { expect, test } from "vitest";
import { tableHealth } from "../../src/analysis/tableHealth.js";
import { subjectsOfTasks } from "../../src/task/healthSubjects.js";
import { loadTasks } from "../../src/task/loadTasks.js";
import { taskHealth } from "../../src/task/taskHealth.js";

const check = (name: string, total: number, tasks: readonly string[] = []) => ({
  check: name,
  what: name,
  total,
  tasks,
});

test("a check has a row with how many tasks it finds wrong, of how many, and the first of them", () => {
  const { rows, notes } = tableHealth("d", [check("paths", 9, ["a", "b", "c", "d"])]);
  expect(rows).toMatchObject([{ tasks: { value: 4 }, total: { value: 9 }, first: { value: "a, b, c, …" } }]);
  expect(notes).toEqual(["A task can be wrong in several ways."]);
});

test("a check for which there is no task is named in a note, and has no row of 0 of 0", () => {
  const { rows, notes } = tableHealth("d", [check("names", 0), check("paths", 9), check("arguments", 0)]);
  expect(rows.map((row) => row["check"]?.value)).toEqual(["paths"]);
  expect(notes[1]).toBe("Not looked at, since no task here has anything of the kind: names, arguments.");
});

test("of tasks with unittest classes no calls are counted: they have none", async () => {
  const { tasks } = await loadTasks("demo-unittest");
  const totals = new Map((await taskHealth(subjectsOfTasks(tasks))).map(({ check: name, total }) => [name, total]));
  expect([totals.get("arguments"), totals.get("duplicates"), totals.get("names")]).toEqual([0, 0, 0]);
  expect(totals.get("paths")).toBe(tasks.length);
});
