import { describe, expect, test } from "vitest";
import { samplesOf } from "../../src/analysis/samplesOf.js";
import { table6 } from "../../src/analysis/table6.js";
import { transitionTable } from "../../src/analysis/transitionTable.js";
import { handRows } from "./handRows.js";
import { syntheticRows } from "./rows.js";

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
    // From the table above handRows: t1, t3 / t4 / t2 / t5.
    expect(counts).toEqual([
      [1, 0, 1, 0],
      [0, 1, 0, 0],
      [0, 1, 0, 0],
      [0, 0, 1, 0],
    ]);
  });

  test("without a second method says so", () => {
    expect(transitionTable(syntheticRows({ methods: ["base"] })).notes[0]).toMatch(/^Nothing to show/);
  });
});
