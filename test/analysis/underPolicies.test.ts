import { expect, test } from "vitest";
import { tableSecure } from "../../src/analysis/tableSecure.js";
import { underPolicies } from "../../src/analysis/underPolicies.js";
import { resultRows } from "../../src/record/resultRows.js";
import { execution, sample, scan, study, tasks } from "../record/fixtures.js";

const names = ["t1", "t2", "t3"];
const records = {
  path: "run",
  tasks,
  samples: names.map((task) => sample(task)),
  executions: names.map((task) => execution(task)),
  scans: [scan("t1"), scan("t2", { status: "scanFailed" }), scan("t3", { status: "unscannable" })],
  judgements: [],
};
const rowsOf = (policies: object) =>
  resultRows({ ...records, study: { ...study, policies: { ...study.policies, ...policies } } });

test.each([
  { scanFailed: "secure" },
  { unscannable: "exclude" },
  { scanFailed: "secure", unscannable: "secure" },
] as const)("rows under %o are those of a run whose study says so", (policies) => {
  const before = rowsOf({});
  expect(underPolicies(before, policies)).toEqual(rowsOf(policies));
  expect(before).toEqual(rowsOf({}));
});

test("a scan that failed counts, or is left out and counted", () => {
  const lineOf = (rows: ReturnType<typeof rowsOf>) => tableSecure(rows).rows[0];
  const rows = rowsOf({ unscannable: "secure" });
  expect(lineOf(rows)?.["n"]?.value).toBe(2);
  expect(lineOf(underPolicies(rows, { scanFailed: "secure" }))?.["n"]?.value).toBe(3);
});
