import { describe, expect, test } from "vitest";
import { findings } from "../../../src/analysis/findings/findings.js";
import type { FindingNumber, FindingOutcome } from "../../../src/analysis/findings/findingOutcome.js";
import { tableFindingEvidence, tableFindings } from "../../../src/analysis/findings/tableFindings.js";
import { openRecorded } from "../../../src/notebook/openRecorded.js";
import { openRun } from "../../../src/notebook/openRun.js";
import type { ResultRow } from "../../../src/record/schema/resultRow.js";
import { smallDesign } from "../../synthetic/syntheticDesign.js";
import { syntheticRows } from "../../synthetic/syntheticRows.js";
import { plantedStudy } from "./plantedStudy.js";

const all = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;
const of = (outcomes: readonly FindingOutcome[], finding: FindingNumber) =>
  outcomes.find((each) => each.finding === finding)!;
const outcome = (rows: readonly ResultRow[], finding: FindingNumber) => of(findings(rows), finding);

describe("a study in which everything is planted", () => {
  const [holding, failing] = [findings(plantedStudy("holds")), findings(plantedStudy("fails"))];

  test.each(all)("finding %i is reproduced where it is planted", (finding) => {
    expect(of(holding, finding)).toMatchObject({ status: "reproduced" });
    expect(of(holding, finding).missing).toBeUndefined();
    expect(of(holding, finding).evidence).not.toEqual([]);
  });

  test.each(all)("finding %i is contradicted where its contrary is planted", (finding) => {
    expect(of(failing, finding)).toMatchObject({ status: "contradicted" });
  });

  test("the sentences hold the numbers that decided", () => {
    const because = holding.map((each) => each.because);
    expect(because).toEqual([
      "16 of 16 configurations have scanners that differ by ≥ .05; contradictory cells: 0 of 10.",
      "460 samples are flagged by any scanner. Scanners without a blind spot: none; that flag all of them: none.",
      "Of 1 judges, J is above 0 for 1 and FP/(FP+TN) above .25 for 1.",
      "10 of 10 cells with Secure@1 up have Pass@1 down, of 10 cells (0 undecided).",
      "0 of 10 cells have Secure-Pass@1 or SAFE@1 up (0 undecided).",
      "0 of 2 cells of closed are up; PromSec’s median Δ is above that of open models on 0 of 2 measures.",
      "Losses exceed gains under 2 of 2 methods; the loss rate is above the noise floor (12/300) under 2.",
      "40 of 50 labelled samples gave up what they should do.",
      "20 of 500 secure samples became insecure; strong: yes (noise floor 0/300).",
    ]);
  });

  test.each(all)("finding %i is undecided on three tasks", (finding) => {
    const few = plantedStudy("holds", { tasks: 3 }).filter(({ dataset }) => dataset === "D1");
    expect(outcome(few, finding)).toMatchObject({ status: "undecided" });
  });
});

describe("what is missing is named with the command that makes it", () => {
  test.each([
    [1, { union: ["bandit"] }, "Bandit alone", "safelab scan RUN"],
    [2, { union: ["bandit"] }, "Bandit alone", "safelab scan RUN"],
    [3, { labelled: false }, "no judge", "safelab judge RUN"],
    [4, { executed: false }, "no executions", "safelab execute RUN"],
    [5, { executed: false }, "no executions", "safelab execute RUN"],
    [6, { models: ["open-a", "open-b"] }, "without weights", '"access": "none"'],
    [7, { executed: false }, "no executions", "safelab execute RUN"],
    [7, { repeats: 1 as const }, "noise floor", "`repeats`"],
    [8, { labelled: false }, "no labels", "safelab label new RUN --question failure"],
    [9, { executed: false }, "no executions", "safelab execute RUN"],
  ] as const)("finding %i of %j", (finding, options, what, command) => {
    const { status, missing } = outcome(plantedStudy("holds", options), finding);
    expect(status).toBe("notTestable");
    expect(missing).toContain(what);
    expect(missing).toContain(command);
  });

  test("a run without a second method says so", () => {
    const base = plantedStudy("holds").filter(({ method }) => method === "base");
    for (const finding of [4, 5, 7, 9] as const) expect(outcome(base, finding).missing).toContain("no method beside");
    expect(outcome(base, 6).missing).toContain("have no method");
  });

  test("one annotator alone is no adjudication", () => {
    const rows = plantedStudy("holds").map((row) => ({
      ...row,
      labels: row.labels.filter(({ annotator }) => annotator === "ann"),
    }));
    expect(outcome(rows, 8)).toMatchObject({ status: "notTestable" });
    expect(outcome(rows, 8).missing).toContain("safelab label adjudicate RUN");
  });
});

describe("single rules", () => {
  test("without labels finding 8 is counted from the code and named a stand-in", () => {
    const rows = plantedStudy("holds", { labelled: false });
    expect(outcome(rows, 8)).toMatchObject({ status: "notTestable", proxy: "reproduced" });
    expect(outcome(rows, 8).because).toContain("Stand-in without labels: 90 of 90");
    expect(tableFindings(findings(rows), [8]).rows[0]?.["status"]?.value).toBe("not testable (stand-in: reproduced)");
    const withheld = rows.map((row) => ({ ...row, code: null }));
    expect(outcome(withheld, 8).proxy).toBeUndefined();
    expect(outcome(withheld, 8).because).toContain("withheld");
  });

  test("finding 1 counts a difference of exactly .05, and tells contradictory cells", () => {
    const rows = plantedStudy("holds").map((row): ResultRow => {
      // Under sven Bandit sees nothing any more, and CodeQL much.
      if (row.method !== "sven") return row;
      const code = Number(row.task.slice(1)) % 2 === 0;
      return { ...row, scan_codeql: code ? "insecure" : "secure", scan_bearer: "secure", scan_bandit: "secure" };
    });
    expect(outcome(rows, 1).because).toContain("contradictory cells: 4 of 10");
    const exactly = (apart: number) =>
      plantedStudy("fails", { models: ["open-a"] }).map((row) => ({
        ...row,
        scan_codeql: Number(row.task.slice(1)) < apart ? "insecure" : "secure",
        scan_bearer: "secure",
        scan_bandit: "secure",
      })) as ResultRow[];
    expect(outcome(exactly(5), 1).status).toBe("reproduced");
    expect(outcome(exactly(4), 1).status).toBe("contradicted");
  });

  test("finding 9 is reproduced and not strong where the noise floor is as high", () => {
    const rows = plantedStudy("holds").map((row) =>
      row.method === "base" && row.repeat === 1 && Number(row.task.slice(1)) % 10 === 6
        ? { ...row, secure: "insecure" as const }
        : row,
    );
    expect(outcome(rows, 9).status).toBe("reproduced");
    expect(outcome(rows, 9).because).toContain("strong: no");
  });

  test("a method that is well apart decides alone: one contradiction contradicts finding 7", () => {
    const [holds, fails] = [plantedStudy("holds"), plantedStudy("fails")];
    const mixed = holds.map((row, i) => (row.method === "promsec" ? { ...row, ...pass(fails[i]!) } : row));
    expect(outcome(mixed, 7).because).toContain("under 1 of 2 methods");
    expect(outcome(mixed, 7).status).toBe("contradicted");
  });
});

function pass({ casePass, taskPass, execution, safe }: ResultRow) {
  return { casePass, taskPass, execution, safe };
}

test("the generator's 28 configurations with planted rates turn out as planted", () => {
  const outcomes = findings(syntheticRows(smallDesign(150)));
  // Every scanner flags the same share, and sees every family.
  expect(of(outcomes, 2).status).toBe("contradicted");
  expect(of(outcomes, 5).status).toBe("reproduced");
  expect(of(outcomes, 9).status).toBe("reproduced");
  expect(of(outcomes, 7).missing).toContain("noise floor");
  expect(of(outcomes, 3).missing).toContain("no labels");
  expect(tableFindingEvidence(outcomes, [5]).rows).toHaveLength(2 * 42);
});

describe("runs that come with safelab", () => {
  test("the demo has one scanner, no labels and two methods", async () => {
    const { rows } = await openRun("data/demo");
    const statuses = findings(rows).map(({ status }) => status);
    expect(statuses).toHaveLength(9);
    for (const finding of [1, 2, 3, 8] as const) expect(outcome(rows, finding).status).toBe("notTestable");
    expect(["undecided", "contradicted", "reproduced"]).toContain(outcome(rows, 9).status);
  });

  test("the recorded oracle lets the scanners' findings be tested, and says of the others what is missing", async () => {
    const { rows } = await openRecorded("seccodeplt-oracle");
    expect(outcome(rows, 1)).toMatchObject({ status: "reproduced" });
    expect(outcome(rows, 2).evidence).toHaveLength(4);
    for (const finding of [3, 6, 7, 8] as const) expect(outcome(rows, finding).status).toBe("notTestable");
  });

  test("the recorded generations have a baseline alone", async () => {
    const { rows } = await openRecorded("qwen2.5-coder-7b-bigcodebench");
    for (const finding of [4, 5, 7, 9] as const) expect(outcome(rows, finding).missing).toContain("no method beside");
  });
});

test("the tables of findings take outcomes, and say so of result rows", () => {
  const rows = plantedStudy("holds") as unknown as ReturnType<typeof findings>;
  expect(() => tableFindings(rows)).toThrow(/tableFindings takes the outcomes.*tableFindings\(findings\(rows/);
  expect(() => tableFindingEvidence(rows)).toThrow(/tableFindingEvidence takes the outcomes/);
});
