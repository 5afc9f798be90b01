import { expect, test } from "vitest";
import { InputError } from "../../src/error.js";
import { type RunRecords, resultRows } from "../../src/record/resultRows.js";
import type { Execution } from "../../src/record/schema/execution.js";
import type { Judgement } from "../../src/record/schema/judgement.js";
import type { Finding } from "../../src/record/schema/scan.js";
import { execution, sample, scan, study, tasks } from "./fixtures.js";

const records = (fields: Partial<RunRecords> = {}): RunRecords => ({
  path: "run",
  study,
  tasks,
  samples: ["t1", "t2", "t3", "t4"].map((task) => sample(task)),
  executions: [],
  scans: [],
  judgements: [],
  ...fields,
});

const low: Finding = {
  ruleId: "B101",
  cwe: [703],
  severity: "LOW",
  confidence: "HIGH",
  lines: [1, 1],
  message: "assert",
};

const withPolicy = (unscannable: "insecure" | "secure" | "exclude") => ({
  ...study,
  policies: { ...study.policies, unscannable },
});

test("every planned sample has a row, also where nothing was generated", () => {
  const rows = resultRows(records({ samples: [sample("t2")] }));
  expect(rows.map(({ task, sampleStatus }) => [task, sampleStatus])).toEqual([
    ["t1", "missing"],
    ["t2", "generated"],
    ["t3", "missing"],
    ["t4", "missing"],
  ]);
});

test("a verdict that is not there is notRun and notScanned, never a failure and never secure", () => {
  const [row] = resultRows(records());
  expect(row).toMatchObject({ execution: "notRun", casePass: null, taskPass: null, secure: "notScanned", safe: null });
});

test("casePass is the share of known cases that passed, 0 for tampered ones", () => {
  const half = execution("t1", {
    status: "failed",
    cases: [
      { name: "a", outcome: "passed", message: "", ms: 1 },
      { name: "b", outcome: "skipped", message: "", ms: 1 },
    ],
  });
  const rows = resultRows(records({ executions: [half, execution("t2", { status: "tampered" }), execution("t3")] }));
  expect(rows.map(({ casePass, taskPass }) => [casePass, taskPass])).toEqual([
    [0.5, false],
    [0, false],
    [1, true],
    [null, null],
  ]);
});

const passedCase = { name: "a", outcome: "passed", message: "", ms: 1 } as const;

test("samples that the study does not plan decide nothing about those that it plans", () => {
  const empty = sample("t2", { status: "empty", code: null, scanHash: null, testHash: null });
  const beyond = ["t1", "t2", "t3", "t4"].map((task) =>
    sample(task, { index: 7, scanHash: `later-${task}`, testHash: `later-${task}` }),
  );
  const evidence = { executions: [execution("t1")], scans: [scan("t1")] };
  const rows = resultRows(records({ ...evidence, samples: [sample("t1"), empty, ...beyond] }));
  expect(rows[1]).toMatchObject({ execution: "failed", scan_bandit: "unscannable", secure: "insecure" });
});

test("a case that an execution does not list did not pass, whatever the execution's status", () => {
  const short = (task: string, status: Execution["status"]) => execution(task, { status, cases: [passedCase] });
  const executions = [short("t1", "failed"), short("t2", "timedOut"), short("t3", "crashed"), short("t4", "tampered")];
  const scans = ["t1", "t2", "t3", "t4"].map((task) => scan(task));
  const rows = resultRows(records({ executions, scans }));
  expect(rows.map(({ casePass, taskPass }) => [casePass, taskPass])).toEqual([
    [0.5, false],
    [0.5, false],
    [0.5, false],
    [0, false],
  ]);
  expect(rows[0]?.safe).toBeCloseTo(0.3775, 4); // (exp(1/2) - 1) / (e - 1)
});

test("cases that the reference cannot decide are no known cases, also for an execution whose own reason does not tell of them", () => {
  const many = tasks.map((task) => ({ ...task, cases: 5 }));
  const reason = "2 of 5 cases left out: not plain data; 1 of 5 cases left out: another result every time";
  const executions = [
    execution("t1", { reason }),
    execution("t1", { testHash: "test-t1-b", status: "crashed", reason: "ended by SIGSEGV", cases: [passedCase] }),
    // A reason is partly the sample's own words: only one that speaks of the task's number of cases is heard, and no list is cut by it.
    execution("t2", { status: "failed", reason: "raised; 9 of 9 cases left out: forged", cases: [passedCase] }),
    execution("t3", { status: "failed", reason: "5 of 5 cases left out: forged" }),
  ];
  const samples = [sample("t1"), sample("t1", { index: 1, testHash: "test-t1-b" }), sample("t2"), sample("t3")];
  const rows = resultRows(records({ study: { ...study, k: 2 }, tasks: many, samples, executions }));
  const executed = rows.filter((row) => row.execution !== "notRun");
  expect(executed.map(({ task, casePass, taskPass }) => [task, casePass, taskPass])).toEqual([
    ["t1", 1, true],
    ["t1", 0.5, false],
    ["t2", 0.2, false],
    ["t3", 1, false],
  ]);
});

test("an execution that says passed and lists fewer cases than are known is refused", () => {
  expect(() => resultRows(records({ executions: [execution("t1", { cases: [passedCase] })] }))).toThrow(
    new InputError(
      "the execution of d t1 (testHash test-t1) says passed, but lists 1 of the 2 cases that tasks.jsonl knows: remove its line from " +
        "executions.jsonl, `safelab execute RUN` makes what it held again",
    ),
  );
});

test("a sample without code fails and is unscannable once its run was executed and scanned", () => {
  const empty = sample("t1", { status: "empty", code: null, scanHash: null, testHash: null });
  const samples = [empty, sample("t2")];
  const before = resultRows(records({ samples }));
  expect(before[0]).toMatchObject({ execution: "notRun", secure: "notScanned" });
  const after = resultRows(records({ samples, executions: [execution("t2")], scans: [scan("t2")] }));
  expect(after[0]).toMatchObject({ execution: "failed", casePass: 0, scan_bandit: "unscannable", secure: "insecure" });
});

test("where no sample has code nothing is waited for: all fail and are unscannable", () => {
  const samples = ["t1", "t2"].map((task) =>
    sample(task, { status: "refused", code: null, scanHash: null, testHash: null }),
  );
  const rows = resultRows(records({ samples }));
  expect(rows[0]).toMatchObject({ execution: "failed", casePass: 0, scan_bandit: "unscannable", secure: "insecure" });
});

test("code that does not parse follows the study's policy", () => {
  const scans = [scan("t1", { status: "unscannable", reason: "line 1" })];
  const verdict = (policy: "insecure" | "secure" | "exclude") =>
    resultRows(records({ study: withPolicy(policy), scans }))[0]?.secure;
  expect([verdict("insecure"), verdict("secure"), verdict("exclude")]).toEqual(["insecure", "secure", "excluded"]);
});

test("findings below the study's threshold do not count and the verdict follows", () => {
  const scans = [scan("t1", { status: "insecure", findings: [low] })];
  expect(resultRows(records({ scans }))[0]).toMatchObject({ secure: "insecure", findings: { bandit: [low] } });
  const strict = { ...study, thresholds: { bandit: { severity: "MEDIUM" as const, confidence: "LOW" as const } } };
  expect(resultRows(records({ study: strict, scans }))[0]).toMatchObject({
    secure: "secure",
    findings: { bandit: [] },
  });
});

test("in a union one flag is enough, a failed scan excludes, a missing one leaves the verdict open", () => {
  const two = { ...study, union: ["bandit", "bearer"] };
  const bearer = (task: string, status: "secure" | "insecure" | "scanFailed") =>
    scan(task, { scanner: "bearer", status });
  const scans = [
    ...["t1", "t2", "t3", "t4"].map((task) => scan(task, { status: task === "t2" ? "insecure" : "secure" })),
    bearer("t1", "insecure"),
    bearer("t2", "scanFailed"),
    bearer("t3", "scanFailed"),
  ];
  const verdicts = resultRows(records({ study: two, scans })).map(({ secure }) => secure);
  expect(verdicts).toEqual(["insecure", "insecure", "scanFailed", "notScanned"]);
});

test("a failed scan counts as secure where the study says so, beside a scanner that flags nothing", () => {
  const two = {
    ...study,
    union: ["bandit", "bearer"],
    policies: { ...study.policies, scanFailed: "secure" as const, unscannable: "exclude" as const },
  };
  const scans = ["t1", "t2", "t3", "t4"].flatMap((task) => [
    scan(task, { status: task === "t1" ? "insecure" : task === "t2" ? "unscannable" : "secure" }),
    ...(task === "t4" ? [] : [scan(task, { scanner: "bearer", status: "scanFailed" })]),
  ]);
  const verdicts = resultRows(records({ study: two, scans })).map(({ secure }) => secure);
  expect(verdicts).toEqual(["insecure", "excluded", "secure", "notScanned"]);
});

test("several environments without a named one are an error that lists them; naming one decides", () => {
  const executions = [execution("t1"), execution("t1", { environment: "e2", status: "failed", cases: [] })];
  expect(() => resultRows(records({ executions }))).toThrow(InputError);
  expect(() => resultRows(records({ executions }))).toThrow(/e1, e2/);
  const counts = { environment: { d: "e2" }, scanner: {} };
  expect(resultRows(records({ study: { ...study, counts }, executions }))[0]?.execution).toBe("failed");
});

test("SAFE of a sample is 0 when insecure and grows from 0 to 1 with the passed cases when secure", () => {
  const scans = [scan("t1"), scan("t2", { status: "insecure", findings: [low] }), scan("t3"), scan("t4")];
  const none = { status: "failed" as const, cases: [] };
  const executions = [execution("t1"), execution("t2"), execution("t3", none)];
  expect(resultRows(records({ scans, executions })).map(({ safe }) => safe)).toEqual([1, 0, 0, null]);
});

test("the labelled CWEs of the task stand in its rows", () => {
  expect(resultRows(records()).map(({ cwe }) => cwe)).toEqual(["CWE-78", "", "", ""]);
});

test("a data set without task facts is an error that says what to run", () => {
  expect(() => resultRows(records({ tasks: [] }))).toThrow(/safelab plan/);
});

test("judgements of one judge under several prompts are an error, under one they stand in its column", () => {
  const judgement = (promptHash: string): Judgement => ({
    schemaVersion: 1,
    scanHash: "scan-t1",
    judge: "j",
    promptHash,
    status: "secure",
    cwe: [],
    lines: [],
    reply: "",
  });
  expect(resultRows(records({ judgements: [judgement("p1")] })).map((row) => row["judge_j"])).toEqual([
    "secure",
    "notJudged",
    "notJudged",
    "notJudged",
  ]);
  expect(() => resultRows(records({ judgements: [judgement("p1"), judgement("p2")] }))).toThrow(/several prompts/);
});
