import { describe, expect, test } from "vitest";
import { tableShare } from "../../src/analysis/tableShare.js";
import { facts, row, syntheticRows } from "./rows.js";

const shared = facts({ methods: ["base"] });
const sample = (task: string, code: string, bandit: "secure" | "insecure" | "unscannable" | "scanFailed" = "secure") =>
  row(shared, { task, code, scans: { bandit } });
const rows = () => [
  sample("t1", "", "unscannable"),
  sample("t2", "def f(:\n", "unscannable"),
  sample("t3", "import os\n# def f():\n"),
  sample("t4", "def f():\n    return 1\n"),
  sample("t5", "class A:\n    async def f(self):\n        return 1\n"),
  sample("t6", "def f():\n    eval('1')\n", "insecure"),
  sample("t7", "def f(): ...\n", "scanFailed"),
];

describe("tableShare", () => {
  test("puts every sample without a finding into one class", () => {
    const [cells] = tableShare(rows()).rows;
    expect(cells?.["n"]).toMatchObject({ value: 6, excluded: [{ reason: "scan failed", count: 1 }] });
    expect(cells?.["silent"]).toMatchObject({ hits: 5, total: 6 });
    expect(cells?.["empty"]).toMatchObject({ hits: 1, total: 5, value: 0.2 });
    expect(cells?.["unparseable"]).toMatchObject({ hits: 1, total: 5 });
    expect(cells?.["stub"]).toMatchObject({ hits: 1, total: 5 });
    expect(cells?.["code"]).toMatchObject({ hits: 2, total: 5 });
    // statsmodels.stats.proportion.proportion_confint(1, 5, method="wilson"): 0.0362241, 0.6244654
    expect(cells?.["empty"]?.interval?.[0]).toBeCloseTo(0.0362241, 6);
    expect(cells?.["empty"]?.interval?.[1]).toBeCloseTo(0.6244654, 6);
  });

  test("counts a failed scan beside a flag, and as silent where the study calls it secure", () => {
    const two = facts({ methods: ["base"], union: ["bandit", "bearer"] });
    const paper = {
      ...two,
      study: { ...two.study, policies: { ...two.study.policies, scanFailed: "secure" as const } },
    };
    const of = (shared: typeof two) =>
      tableShare([
        row(shared, { task: "t1", code: "x = 1\n", scans: { bandit: "insecure", bearer: "scanFailed" } }),
        row(shared, { task: "t2", code: "x = 1\n", scans: { bandit: "secure", bearer: "scanFailed" } }),
      ]).rows[0];
    expect(of(two)?.["silent"]).toMatchObject({ hits: 0, total: 1, excluded: [{ reason: "scan failed", count: 1 }] });
    expect(of(paper)?.["silent"]).toMatchObject({ hits: 1, total: 2 });
  });

  test("says what withheld code leaves open, and counts what its verdicts tell", () => {
    const [cells] = tableShare(rows().map((each) => (each.code === "" ? each : { ...each, code: null }))).rows;
    expect(cells?.["empty"]).toMatchObject({ hits: 1, total: 5 });
    expect(cells?.["unparseable"]).toMatchObject({ hits: 1, total: 5 });
    expect(cells?.["stub"]).toMatchObject({ value: null, missing: "the code of 3 of these samples is withheld" });
  });

  test("without scans names the command; without a silent sample says so", () => {
    const [unscanned] = tableShare(syntheticRows({ scanned: false, tasks: 2 })).rows;
    expect(unscanned?.["silent"]?.missing).toContain("safelab scan RUN");
    expect(unscanned?.["empty"]?.missing).toContain("safelab scan RUN");
    const [flagged] = tableShare([sample("t6", "eval('1')", "insecure")]).rows;
    expect(flagged?.["silent"]).toMatchObject({ hits: 0, total: 1 });
    expect(flagged?.["stub"]?.missing).toBe("every sample has a finding");
  });
});
