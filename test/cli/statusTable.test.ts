import { expect, test } from "vitest";
import { statusTable } from "../../src/cli/statusTable.js";
import { facts, row } from "../analysis/rows.js";

test("the status names the union, and the scanners of it that have not scanned everything", () => {
  const shared = facts({ methods: ["base"], union: ["bandit", "bearer"] });
  const table = statusTable([
    row(shared, { task: "t1", scans: { bandit: "secure", bearer: "secure" } }),
    row(shared, { task: "t2", scans: { bandit: "secure" } }),
    row(shared, { task: "t3", sampleStatus: "missing" }),
  ]);
  expect(table.rows[0]).toMatchObject({ planned: { value: 3 }, scanned: { value: 1 }, secure: { value: 1 } });
  expect(table.notes).toEqual([
    "Scanned and secure: by all scanners of the union (Bandit, Bearer), as run.json names it.",
    "Bearer has not scanned 1 of 2 samples: run `safelab scan RUN --scanner bearer`",
  ]);
});

test("where tasks have no tests, nothing is said to be executed or passed", () => {
  const shared = { ...facts({ methods: ["base"] }), cases: new Map([[JSON.stringify(["D1", "t1"]), 0]]) };
  const table = statusTable([row(shared, { task: "t1", scans: { bandit: "secure" } })]);
  expect(table.rows[0]).toMatchObject({ executed: { value: null }, passed: { value: null }, secure: { value: 1 } });
  expect(table.rows[0]?.["executed"]?.missing).toContain("nothing to execute");
});
