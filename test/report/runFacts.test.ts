import { expect, test } from "vitest";
import { resultRows } from "../../src/record/resultRows.js";
import { headlines } from "../../src/report/headlines.js";
import { runFacts } from "../../src/report/runFacts.js";
import { tableText } from "../../src/table/tableText.js";
import { execution, sample, scan, study, tasks } from "../record/fixtures.js";

const samples = ["t1", "t2", "t3"].map((task) => sample(task));
const scans = [scan("t1"), scan("t2", { status: "insecure" }), scan("t3")];
const base = { path: "run", study, tasks, samples, scans, executions: [], judgements: [] };
const factsOf = (rows: ReturnType<typeof resultRows>) => Object.fromEntries(runFacts(rows));

test("a run that was scanned and not executed says so, and its headlines hold no number that is not known", () => {
  const rows = resultRows(base);
  expect(factsOf(rows)).toMatchObject({
    Samples: "3 of 4 planned; k = 1, repeats: 1",
    Verdicts: "0 executed, 3 scanned",
    Decoding: "not recorded: the samples were made elsewhere",
  });
  const text = tableText(headlines(rows));
  expect(text).toContain("0.667");
  expect(text).not.toContain("NaN");
});

test("verdicts that were not made here are marked", () => {
  const recorded = { ...study, provenance: "recorded, not re-executed" };
  const rows = resultRows({ ...base, study: recorded, executions: [execution("t1")] });
  expect(factsOf(rows)["Verdicts"]).toBe("1 executed, 3 scanned; recorded, not re-executed");
});
