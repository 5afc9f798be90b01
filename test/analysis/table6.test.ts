import { describe, expect, test } from "vitest";
import { samplesOf } from "../../src/analysis/samplesOf.js";
import { table6 } from "../../src/analysis/table6.js";
import { transitionTable } from "../../src/analysis/transitionTable.js";
import { figureTransitions } from "../../src/figure/figureTransitions.js";
import type { ResultRow } from "../../src/record/schema/resultRow.js";
import type { Cell } from "../../src/table/typedTable.js";
import { handRows } from "./handRows.js";
import { facts, syntheticRows } from "./rows.js";

describe("table6", () => {
  const [cells] = table6(handRows()).rows;

  test("counts the four transitions with n behind each", () => {
    // insecure+functional before: t2; secure+functional: t1, t3; secure: t1, t3, t4.
    expect(cells?.["pairs"]?.value).toBe(5);
    expect(cells?.["insecureFunctionalToSecureNonfunctional"]).toMatchObject({ hits: 1, total: 1, value: 1 });
    expect(cells?.["secureFunctionalToSecureNonfunctional"]).toMatchObject({ hits: 0, total: 2, value: 0 });
    expect(cells?.["secureFunctionalToInsecureFunctional"]).toMatchObject({ hits: 1, total: 2, value: 0.5 });
    expect(cells?.["secureToInsecure"]).toMatchObject({ hits: 1, total: 3 });
    expect(cells?.["secureToInsecure"]?.interval).toHaveLength(2);
  });

  test("a cell's where selects its samples", () => {
    const selected = samplesOf(handRows(), cells?.["secureToInsecure"]?.where ?? {});
    expect(selected.map(({ method, task }) => `${method} ${task}`)).toEqual(["sven t3"]);
  });

  test("a condition that no sample meets is missing, not zero", () => {
    const rows = handRows().filter(({ task }) => task !== "t2");
    expect(table6(rows).rows[0]?.["insecureFunctionalToSecureNonfunctional"]).toMatchObject({
      value: null,
      missing: "no sample of the baseline is insecure, functional",
    });
  });

  test("compares with any method", () => {
    const table = table6(handRows(), { baseline: "sven" });
    expect(table.rows.map((row) => row["method"]?.value)).toEqual(["Base"]);
    // Secure under sven: t1, t2, t4; of these base is insecure on t2.
    expect(table.rows[0]?.["secureToInsecure"]).toMatchObject({ hits: 1, total: 3 });
  });

  test("without a second method shows the baseline's own samples and says so", () => {
    const table = table6(syntheticRows({ methods: ["base"], tasks: 20 }));
    const states = table.columns.filter(({ kind }) => kind === "percent").map(({ key }) => table.rows[0]?.[key]);
    expect(states.map((cell) => cell?.hits ?? Number.NaN).reduce((a, b) => a + b)).toBe(20);
    expect(table.notes[0]).toContain('no method beside "base"');
    const where = states[0]?.where ?? {};
    expect(samplesOf(syntheticRows({ methods: ["base"], tasks: 20 }), where)).toHaveLength(states[0]?.hits ?? -1);
  });

  test("without the baseline's samples names the baseline", () => {
    const table = table6(handRows().filter(({ method }) => method !== "base"));
    expect(table.notes[0]).toContain('no sample of the baseline "base"');
  });

  test("without executions every cell names the command", () => {
    const table = table6(syntheticRows({ executed: false, tasks: 5 }));
    expect(table.rows[0]?.["secureToInsecure"]?.missing).toBe("no executions: run `safelab execute RUN`");
  });
});

describe("transitionTable", () => {
  test("its lines sum to the samples of each state", () => {
    const table = transitionTable(handRows());
    const states = ["secure+functional", "secure+nonfunctional", "insecure+functional", "insecure+nonfunctional"];
    const counts = table.rows.map((row) => states.map((state) => row[state]?.hits ?? 0));
    // From the table above handRows: t1, t3 / t4 / t2 / t5; the last line sums them.
    expect(counts).toEqual([
      [1, 0, 1, 0],
      [0, 1, 0, 0],
      [0, 1, 0, 0],
      [0, 0, 1, 0],
      [1, 2, 2, 0],
    ]);
    expect(table.rows.map((row) => row["n"]?.value)).toEqual([2, 1, 1, 1, 5]);
  });

  test("sets what came to a state beside what left it, with McNemar's test", () => {
    const table = transitionTable(handRows());
    const [sf, sn, insecureFunctional] = table.rows;
    // t3 left secure+functional and nothing came; t2 came to secure+nonfunctional; t2 left, t3 and t5 came.
    expect([sf, sn, insecureFunctional].map((row) => [row?.["left"]?.value, row?.["came"]?.value])).toEqual([
      [1, 0],
      [0, 1],
      [1, 2],
    ]);
    // scipy.stats.binomtest(1, 3).pvalue
    expect(insecureFunctional?.["p"]?.value).toBeCloseTo(1, 12);
    const tasks = (cell: Cell | undefined) => samplesOf(handRows(), cell?.where ?? {}).map(({ task }) => task);
    expect(tasks(insecureFunctional?.["came"])).toEqual(["t3", "t5"]);
    expect(tasks(insecureFunctional?.["left"])).toEqual(["t2"]);
  });

  test("names what is left out once, beside the sum", () => {
    const rows = handRows().map((each) =>
      each.task === "t1" && each.method === "sven"
        ? { ...each, execution: "notRun" as const, casePass: null, taskPass: null }
        : each,
    );
    const table = transitionTable(rows);
    const excluding = table.rows.flatMap((row) =>
      Object.values(row).filter((cell) => (cell.excluded ?? []).length > 0),
    );
    expect(excluding).toEqual([
      expect.objectContaining({ value: 4, excluded: [{ reason: "method: not executed", count: 1 }] }),
    ]);
  });

  test("without a second method says so", () => {
    expect(transitionTable(syntheticRows({ methods: ["base"] })).notes[0]).toMatch(/^Nothing to show/);
  });
});

describe("the noise floor", () => {
  const hand = handRows();
  // Base again: t1 secure -> insecure, t5 insecure+nonfunctional -> secure+nonfunctional, the rest as before.
  const again = hand
    .filter(({ method }) => method === "base")
    .map((each): ResultRow => {
      const secure = each.task === "t1" ? "insecure" : each.task === "t5" ? "secure" : each.secure;
      return { ...each, repeat: 1, secure };
    });
  const rows = [...hand, ...again];

  test("stands behind the methods in Table 6, as Base against Base of the other repeat", () => {
    const table = table6(rows);
    expect(table.rows.map((row) => row["method"]?.value)).toEqual(["SVEN", "Base, repeats 0 and 1"]);
    expect(table.rows[1]?.["secureToInsecure"]).toMatchObject({ hits: 1, total: 3 });
    expect(samplesOf(rows, table.rows[1]?.["secureToInsecure"]?.where ?? {})).toEqual([again[0]]);
    expect(table.notes.join(" ")).toContain("Noise floor: Base against Base of another repeat");
  });

  test("stands in the table and in the figure of transitions, outside Holm's family", () => {
    const table = transitionTable(rows);
    expect(table.rows).toHaveLength(10);
    expect(table.rows[5]).toMatchObject({
      method: { value: "Base, repeats 0 and 1" },
      left: { value: 1 },
      came: { value: 0 },
    });
    expect(table.rows[5]?.["holm"]?.missing).toBe("the noise floor is no test of a method");
    expect(table.notes.join(" ")).toContain("Holm over 4 tests");
    const figure = figureTransitions(rows);
    expect(figure.data).toHaveLength(2);
    expect(JSON.stringify(figure.layout).replace(/\u00a0/g, " ")).toContain("Base, repeats 0 and 1 (n = 5)");
  });

  test("what its pairs leave out is told with what those of the methods do", () => {
    const holes = rows.map((each) =>
      each.repeat === 1 && each.task === "t2" ? { ...each, casePass: null, taskPass: null } : each,
    );
    const told = "Pairs left out in 2 comparisons together: 1 repeat 1: not executed.";
    expect(table6(holes).notes).toContain(told);
    expect(transitionTable(holes).notes).toContain(told);
    expect(figureTransitions(holes).notes).toContain(told);
  });

  test("where the study plans repeats that the rows lack, says so", () => {
    const planned = facts({ union: ["a", "b"], repeats: 2 });
    const notes = table6(hand.map((each) => ({ ...each, facts: planned }))).notes.join(" ");
    expect(notes).toContain("the study plans 2 repeats: widen the filter");
  });

  test("stands alone where the run has repeats and no other method", () => {
    const alone = rows.filter(({ method }) => method === "base");
    expect(table6(alone).rows.map((row) => row["method"]?.value)).toEqual(["Base, repeats 0 and 1"]);
    expect(table6(alone).notes.join(" ")).toContain('no method beside "base"');
    expect(figureTransitions(alone).data).toHaveLength(1);
  });

  test("without repeats a note names the field and the command", () => {
    for (const { notes } of [table6(handRows()), transitionTable(handRows()), figureTransitions(handRows())]) {
      expect(notes.join(" ")).toContain("set `repeats` in run.json to 2 or more and run `safelab run RUN`");
    }
  });

  test("of a repeat that was not made yet says which command makes it", () => {
    const planned = again.map((each) => ({ ...each, sampleStatus: "missing" as const }));
    expect(table6([...hand, ...planned]).rows[1]?.["secureToInsecure"]?.missing).toBe(
      "no samples: run `safelab import FILE --into RUN --method base`",
    );
  });
});
