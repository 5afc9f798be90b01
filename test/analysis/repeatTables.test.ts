import { describe, expect, test } from "vitest";
import { tablePrompts } from "../../src/analysis/tablePrompts.js";
import { tableStability } from "../../src/analysis/tableStability.js";
import { facts, row, syntheticRows } from "./rows.js";

const shared = facts({ methods: ["base"], repeats: 3 });
const line = (repeat: number, task: string, secure: boolean, casePass: number) =>
  row(shared, { repeat, task, casePass, scans: { bandit: secure ? "secure" : "insecure" } });

describe("tableStability", () => {
  // Secure@1 of the three repeats: 3/4, 2/4, 3/4; t1 changes. t5 is not executed in the last.
  const rows = [
    ...[true, true, true, false].map((secure, i) => line(0, `t${i + 1}`, secure, 1)),
    ...[false, true, true, false].map((secure, i) => line(1, `t${i + 1}`, secure, 1)),
    ...[true, true, true, false].map((secure, i) => line(2, `t${i + 1}`, secure, i === 0 ? 0.5 : 1)),
    ...[0, 1].map((repeat) => line(repeat, "t5", true, 1)),
    row(shared, { repeat: 2, task: "t5", scans: { bandit: "secure" } }),
  ];
  const table = tableStability(rows);
  const of = (measure: string) => table.rows.find((each) => each["measure"]?.value === measure);

  test("gives range and SD between repeats beside the standard error, on the tasks that all repeats know", () => {
    const secure = of("Secure@1 (union)");
    expect(secure?.["n"]?.value).toBe(4);
    expect(secure).toMatchObject({
      repeats: { value: 3 },
      lowest: { value: 0.5 },
      highest: { value: 0.75 },
      range: { value: 0.25 },
    });
    // numpy.std([.75, .5, .75], ddof=1); sqrt(2/3 * 1/3 / 4)
    expect(secure?.["sd"]?.value).toBeCloseTo(0.14433757, 8);
    expect(secure?.["se"]?.value).toBeCloseTo(0.23570226, 8);
    expect(secure?.["ratio"]?.value).toBeCloseTo(0.14433757 / 0.23570226, 6);
    expect(table.rows[0]?.["n"]?.excluded).toEqual([{ reason: "repeat 2: not executed", count: 1 }]);
  });

  test("a scanner beside the union has its own tasks, and takes none from the other rates", () => {
    const some = rows.map((each) => ({ ...each, scan_codeql: each.task === "t1" ? "secure" : "notScanned" }) as const);
    const own = tableStability(some).rows;
    const n = (measure: string) => own.find((each) => each["measure"]?.value === measure)?.["n"]?.value;
    expect([n("Secure@1 (CodeQL)"), n("Secure@1 (union)"), n("Pass@1 (Task)")]).toEqual([1, 4, 4]);
  });

  test("gives the share of tasks that do not score the same in all repeats", () => {
    expect(of("Secure@1 (union)")?.["changed"]).toMatchObject({ hits: 1, total: 4, value: 0.25 });
    expect(of("Pass@1 (Task)")?.["changed"]).toMatchObject({ hits: 1, total: 4 });
    expect(of("Pass@1 (Case)")?.["changed"]).toMatchObject({ hits: 1, total: 4 });
  });

  test("says whether what is found of a method is found in every repeat", () => {
    // Repeat 0 and 1: SVEN breaks every task; repeat 2: it breaks none.
    const two = facts({ repeats: 3 });
    const effect = [0, 1, 2].flatMap((repeat) =>
      Array.from({ length: 30 }, (_, i) => `t${i}`).flatMap((task) =>
        ["base", "sven"].map((method) =>
          row(two, {
            repeat,
            task,
            method,
            casePass: method === "sven" && repeat < 2 ? 0 : 1,
            scans: { bandit: "secure" },
          }),
        ),
      ),
    );
    const found = tableStability(effect).rows.filter((each) => each["method"]?.value === "SVEN");
    const text = (measure: string) => found.find((each) => each["measure"]?.value === measure)?.["finding"]?.value;
    expect(text("Pass@1 (Task)")).toBe("flips: down, down, no change");
    expect(text("Secure@1 (union)")).toBe("no change in all 3");
    expect(tableStability(effect).notes.join(" ")).toContain("3 of 4 findings flip");
    const [few] = tableStability(effect.filter(({ task }) => task.length === 2)).rows.slice(-1);
    expect(few?.["finding"]?.value).toBe("undecided in all 3");
    // The last repeat was executed in part: too few pairs are no change of the finding.
    const part = effect.map((each) =>
      each.repeat === 2 && each.task.length === 3
        ? { ...each, casePass: null, taskPass: null, execution: "notRun" as const }
        : each,
    );
    const last = tableStability(part).rows.find(
      (each) => each["method"]?.value === "SVEN" && each["measure"]?.value === "Pass@1 (Task)",
    );
    expect(last?.["finding"]?.value).toBe("down, down, undecided");
    expect(tableStability(part).notes.join(" ")).toContain("0 of 4 findings flip");
  });

  test("with one repeat shows rates and standard errors instead, and says how to repeat", () => {
    const single = tableStability(syntheticRows({ tasks: 20 }));
    expect(single.columns.map(({ key }) => key)).toEqual(["dataset", "model", "method", "measure", "n", "mean", "se"]);
    expect(single.notes[0]).toContain("set `repeats` in run.json to 2 or more and run `safelab run RUN`");
    expect(tableStability(syntheticRows({ executed: false, tasks: 3 })).rows[1]?.["mean"]?.missing).toContain(
      "safelab execute",
    );
  });
});

describe("tablePrompts", () => {
  const both = facts({ prompts: ["nl", "ct"], methods: ["base"] });
  const asked = (prompt: "nl" | "ct", task: string, casePass: number, secure = true) =>
    row(both, { prompt, task, casePass, scans: { bandit: secure ? "secure" : "insecure" } });
  // Pass@1 by task: nl t1; ct t1, t2, t3. t5 is asked by nl alone.
  const rows = [
    ...[1, 0, 0.5, 0].map((share, i) => asked("nl", `t${i + 1}`, share)),
    ...[1, 1, 1, 0].map((share, i) => asked("ct", `t${i + 1}`, share, i > 0)),
    asked("nl", "t5", 1),
  ];

  test("pairs by task: code template − natural language, with McNemar's test", () => {
    const table = tablePrompts(rows);
    const pass = table.rows.find((each) => each["measure"]?.value === "Pass@1 (Task)");
    expect(pass).toMatchObject({
      n: { value: 4 },
      nl: { hits: 1, total: 4 },
      ct: { hits: 3, total: 4 },
      difference: { value: 0.5 },
    });
    // scipy.stats.binomtest(0, 2).pvalue
    expect(pass?.["p"]?.value).toBeCloseTo(0.5, 12);
    expect(pass?.["n"]?.excluded).toEqual([{ reason: "code template: no row", count: 1 }]);
    const secure = table.rows.find((each) => each["measure"]?.value === "Secure@1 (union)");
    expect(secure?.["difference"]?.value).toBe(-0.25);
    expect(table.notes.join(" ")).toContain("over the table's 3 tests");
  });

  test("with one kind of prompt says what makes the other", () => {
    const table = tablePrompts(syntheticRows({ tasks: 3 }));
    expect(table.rows).toEqual([]);
    expect(table.notes[0]).toContain('add "ct" to `prompts` in run.json and run `safelab run RUN`');
    expect(tablePrompts(rows.filter(({ prompt }) => prompt === "ct")).notes[0]).toContain("widen the filter");
  });
});
