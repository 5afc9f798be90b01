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
