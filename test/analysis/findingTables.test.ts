import { describe, expect, test } from "vitest";
import { samplesOf } from "../../src/analysis/samplesOf.js";
import { tableChanges } from "../../src/analysis/tableChanges.js";
import { tableLabelledCwe } from "../../src/analysis/tableLabelledCwe.js";
import { tableLeaveOneOut } from "../../src/analysis/tableLeaveOneOut.js";
import type { Finding } from "../../src/record/schema/scan.js";
import { facts, finding, row, syntheticRows } from "./rows.js";

const shared = facts({ union: ["bandit", "bearer"] });
const B = finding("B311", 330);
const W = finding("weak_random", 327);
const S = finding("B602", 78);

/** A sample whose scanners report these; `"x"` does not parse. */
function sample(
  method: string,
  task: string,
  bandit: readonly Finding[] | "x",
  bearer: readonly Finding[],
  cwe = "CWE-338",
) {
  const status = (found: readonly Finding[] | "x") =>
    found === "x" ? "unscannable" : found.length > 0 ? "insecure" : "secure";
  const scans = { bandit: status(bandit), bearer: bandit === "x" ? "unscannable" : status(bearer) } as const;
  const findings = { bandit: bandit === "x" ? [] : bandit, bearer };
  return row(shared, { method, task, cwe, casePass: 1, scans, findings });
}

/**
 * | task | label | base                | sven           |
 * |------|-------|---------------------|----------------|
 * | t1   | 338   | B311 (330), W (327) | nothing        |
 * | t2   | 338   | B311 twice          | W (327)        |
 * | t3   | 338   | nothing             | B602 (78)      |
 * | t4   | 338   | B311                | does not parse |
 * | t5   | none  | B602                | B602           |
 */
const rows = [
  sample("base", "t1", [B], [W]),
  sample("base", "t2", [B, B], []),
  sample("base", "t3", [], []),
  sample("base", "t4", [B], []),
  sample("base", "t5", [S], [], ""),
  sample("sven", "t1", [], []),
  sample("sven", "t2", [], [W]),
  sample("sven", "t3", [S], []),
  sample("sven", "t4", "x", []),
  sample("sven", "t5", [S], [], ""),
];

describe("tableChanges", () => {
  const table = tableChanges(rows);
  const line = (name: string) => {
    const found = table.rows.find((each) => each["reported"]?.value === name);
    return ["n", "before", "after", "removed", "silenced", "introduced"].map((key) => found?.[key]?.value);
  };

  test("counts samples by rule of a scanner, once however often it is reported", () => {
    expect(line("Bandit B311")).toEqual([5, 3, 0, 3, 1, 0]);
    expect(line("Bearer weak_random")).toEqual([5, 1, 1, 1, 0, 1]);
    expect(line("Bandit B602")).toEqual([5, 1, 2, 0, 0, 1]);
  });

  test("counts families whichever scanner reports them: another name for it is no change", () => {
    // t2 is reported under both: as 330 by Bandit, then as 327 by Bearer.
    expect(line("CWE-327 cryptography, randomness")).toEqual([5, 3, 1, 2, 1, 0]);
    expect(line("CWE-77 command injection")).toEqual([5, 1, 2, 0, 0, 1]);
  });

  test("tests removed against introduced, and adjusts over all lines, shown or not", () => {
    const [all, one] = [tableChanges(rows), tableChanges(rows, { most: 1 })];
    // scipy.stats.binomtest(0, 3).pvalue = 0.25, times five lines
    expect(all.rows.find((each) => each["reported"]?.value === "Bandit B311")?.["p"]?.value).toBeCloseTo(0.25, 12);
    expect(one.rows.map((each) => each["reported"]?.value)).toEqual([
      "CWE-327 cryptography, randomness",
      "Bandit B311",
    ]);
    expect(one.rows.map((each) => each["holm"]?.value)).toEqual([1, 1]);
    expect(one.notes.join(" ")).toContain("adjusted over all 5 tests, of which the 2 that moved most are shown");
  });

  test("a cell knows its samples", () => {
    const [family] = table.rows;
    const tasks = (key: string) =>
      samplesOf(rows, family?.[key]?.where ?? {}).map(({ method, task }) => `${method} ${task}`);
    expect(tasks("before")).toEqual(["base t1", "base t2", "base t4"]);
    expect(tasks("removed")).toEqual(["sven t1", "sven t4"]);
    expect(tasks("introduced")).toEqual([]);
  });

  test("a rule is silenced where its own scanner cannot parse the code, a family where none that reported it can", () => {
    const halves = [
      sample("base", "t1", [B], [W]),
      sample("base", "t2", [B], []),
      { ...sample("sven", "t1", [], []), scan_bandit: "unscannable" as const },
      { ...sample("sven", "t2", [], []), scan_bandit: "unscannable" as const },
    ];
    const silenced = (name: string) => {
      const found = tableChanges(halves).rows.find((each) => each["reported"]?.value === name);
      return [found?.["removed"]?.value, found?.["silenced"]?.value];
    };
    expect(silenced("Bandit B311")).toEqual([2, 2]);
    // Bearer parses the code and no longer reports it.
    expect(silenced("Bearer weak_random")).toEqual([1, 0]);
    expect(silenced("CWE-327 cryptography, randomness")).toEqual([2, 1]);
  });

  test("names a scanner that cannot be compared, where, and the command that makes its verdicts", () => {
    const without = (method: string) =>
      rows.map((each) =>
        each.method === method
          ? { ...each, scan_bearer: "notScanned" as const, findings: { bandit: each.findings["bandit"] ?? [] } }
          : each,
      );
    const note =
      "Not compared – no scans by Bearer: run `safelab scan RUN --scanner bearer`. Families are what the other scanners report.";
    expect(tableChanges(without("sven")).notes).toContain(note);
    expect(tableChanges(without("base")).rows.some((each) => each["reported"]?.value === "Bearer weak_random")).toBe(
      false,
    );
    const second = [...rows, ...without("sven").map((each) => ({ ...each, model: "m2" }))];
    expect(tableChanges(second).notes).toContain(note.replace("bearer`", "bearer` (for m2, SVEN on D1)"));
    expect(table.notes.join(" ")).not.toContain("Not compared");
  });

  test("says what is missing: a method, scans, any finding", () => {
    expect(tableChanges(syntheticRows({ methods: ["base"], tasks: 2 })).notes[0]).toContain('no method beside "base"');
    expect(tableChanges(syntheticRows({ scanned: false, tasks: 2 })).rows[0]?.["n"]?.missing).toContain(
      "safelab scan RUN",
    );
    const clean = [sample("base", "t1", [], []), sample("sven", "t1", [], [])];
    expect(tableChanges(clean).rows[0]?.["p"]?.missing).toBe("no scanner reports anything on either side");
  });
});

describe("tableLabelledCwe", () => {
  const [base] = tableLabelledCwe(rows).rows;

  test("counts samples of labelled tasks with a finding that hits the label, by number and by family", () => {
    expect(base?.["n"]?.value).toBe(4);
    expect(base?.["flagged"]).toMatchObject({ hits: 3, total: 4 });
    // Nobody names 338 itself.
    expect(base?.["raw"]).toMatchObject({ hits: 0, total: 4, value: 0 });
    expect(base?.["family"]).toMatchObject({ hits: 3, total: 4 });
    expect(base?.["family_bandit"]).toMatchObject({ hits: 3, total: 4 });
    expect(base?.["family_bearer"]).toMatchObject({ hits: 1, total: 4 });
    // statsmodels.stats.proportion.proportion_confint(1, 4, method="wilson"): 0.0455874, 0.6993582
    expect(base?.["family_bearer"]?.interval?.[0]).toBeCloseTo(0.0455874, 6);
    expect(base?.["family_bearer"]?.interval?.[1]).toBeCloseTo(0.6993582, 6);
    const hits = samplesOf(rows, base?.["family_bearer"]?.where ?? {});
    expect(hits.map(({ task }) => task)).toEqual(["t1"]);
  });

  test("names data sets without labels, and those with labels on some tasks", () => {
    expect(tableLabelledCwe(rows).notes.join(" ")).toContain("D1: the tasks with a CWE label alone.");
    const two = syntheticRows({ datasets: ["D1", "D2"], tasks: 3 });
    const table = tableLabelledCwe(two);
    expect(table.rows.every((each) => each["dataset"]?.value === "D2")).toBe(true);
    expect(table.notes).toContain("D1: its tasks carry no CWE label.");
    const none = tableLabelledCwe(two.filter(({ dataset }) => dataset === "D1"));
    expect([none.rows, none.notes[0]]).toEqual([
      [],
      "Nothing to show: no task of the rows carries a CWE label (the study plans D2 too: widen the filter).",
    ]);
  });

  test("without scans names the command", () => {
    const two = syntheticRows({ datasets: ["D1", "D2"], tasks: 2, scanned: false });
    expect(tableLabelledCwe(two).rows[0]?.["family"]?.missing).toContain("safelab scan RUN");
  });
});

describe("tableLeaveOneOut", () => {
  test("gives Secure@1 without each scanner and the rank of each method", () => {
    const table = tableLeaveOneOut(rows);
    const [base, sven] = table.rows;
    // Base: t3 is secure; without Bandit all but t1; without Bearer t3. SVEN: t1; without Bandit t1, t3, t5; without Bearer t1, t2.
    expect(["union", "without_bandit", "without_bearer"].map((key) => base?.[key]?.hits)).toEqual([1, 4, 1]);
    expect(["union", "without_bandit", "without_bearer"].map((key) => sven?.[key]?.hits)).toEqual([1, 3, 2]);
    expect(["union", "without_bandit", "without_bearer"].map((key) => base?.[`rank_${key}`]?.value)).toEqual([1, 1, 2]);
    expect(table.notes.join(" ")).toContain("without Bandit in 1, without Bearer in 1");
  });

  test("with one scanner leaves out its most frequent rules instead, and says so", () => {
    const alone = facts({ union: ["bandit"] });
    const one = rows.map((each) =>
      row(alone, { ...each, casePass: 1, code: "", scans: { bandit: each["scan_bandit"] ?? "notScanned" } }),
    );
    const table = tableLeaveOneOut(one);
    expect(table.rows[0]).toMatchObject({ union: { hits: 1 }, without_B311: { hits: 4 }, without_B602: { hits: 2 } });
    expect(table.notes[0]).toContain("Shown instead: Secure@1 without each of the 2 rules that flag most samples");
    expect(table.notes[0]).toContain("`union` in run.json");
  });

  test("without scans names the command; with one method there is no order", () => {
    expect(tableLeaveOneOut(syntheticRows({ scanned: false, tasks: 2 })).rows[0]?.["union"]?.missing).toContain(
      "safelab scan",
    );
    expect(tableLeaveOneOut(syntheticRows({ methods: ["base"], tasks: 3 })).notes[0]).toContain("no model has two");
  });

  test("of methods whose scans are missing says so with the command, not that there is one method or that nothing is reported", () => {
    const half = rows.map((each) => row(shared, { ...each, code: "", casePass: 1, scans: { bandit: "secure" } }));
    expect(tableLeaveOneOut(half).notes[0]).toBe(
      "No order of methods – no scans by Bearer: run `safelab scan RUN --scanner bearer`.",
    );
    const alone = tableLeaveOneOut(syntheticRows({ scanners: ["bandit"], scanned: false, tasks: 2 }));
    expect(alone.notes[0]).toBe("No order of methods – no scans by Bandit: run `safelab scan RUN --scanner bandit`.");
    expect(alone.notes.join(" ")).not.toContain("reports nothing");
    const two = tableLeaveOneOut(syntheticRows({ scanners: ["bandit", "bearer"], scanned: false, tasks: 2 }));
    for (const name of ["bandit", "bearer"]) {
      expect(two.rows[0]?.["union"]?.missing).toContain(`safelab scan RUN --scanner ${name}`);
    }
  });
});
