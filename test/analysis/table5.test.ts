import { describe, expect, test } from "vitest";
import { table5, tableRates } from "../../src/analysis/table5.js";
import { InputError } from "../../src/error.js";
import type { Row, TypedTable } from "../../src/table/typedTable.js";
import { handRows } from "./handRows.js";
import { facts, row, syntheticRows } from "./rows.js";

const line = (table: TypedTable, at: number) => table.rows[at] as Row;
const values = (cells: Row, ...keys: string[]) => keys.map((key) => cells[key]?.value);

describe("table5", () => {
  test("gives every rate over one denominator", () => {
    const table = table5(handRows());
    const base = line(table, 0);
    // secure: t1, t3, t4; case: (1 + 1 + 1 + .5 + 0)/5; SAFE of t4: (e^.5 − 1)/(e − 1).
    const half = (Math.exp(0.5) - 1) / (Math.E - 1);
    expect(values(base, "n", "secure_a", "secure_b", "secure", "casePass", "taskPass", "securePass")).toEqual([
      ...[5, 0.6, 0.8, 0.6, 0.7, 0.6, 0.4],
    ]);
    expect(base["safe"]?.value).toBeCloseTo((2 + half) / 5, 12);
    const sven = line(table, 1);
    expect(values(sven, "secure_a", "secure_b", "secure", "casePass", "taskPass", "securePass")).toEqual([
      ...[0.8, 0.8, 0.6, 0.7, 0.6, 0.2],
    ]);
    expect(new Set(table.columns.slice(4).map(({ key }) => base[key]?.total))).toEqual(new Set([5]));
  });

  test("is of the models without weight access: as marked, or those on which no method was run that needs weights", () => {
    const models = (marks: Readonly<Record<string, "full" | "none">>) => {
      const shared = facts({
        methods: ["base", "sven", "promsec"],
        models: ["open", "closed"].map((name) => ({
          name,
          route: "chat",
          ...(marks[name] ? { access: marks[name] } : {}),
        })),
      });
      const rows = [
        ...["base", "sven"].map((method) => row(shared, { task: "t1", model: "open", method, casePass: 1 })),
        ...["base", "promsec"].map((method) => row(shared, { task: "t1", model: "closed", method, casePass: 1 })),
      ];
      expect(new Set(tableRates(rows).rows.map((cells) => cells["model"]?.value))).toEqual(new Set(["open", "closed"]));
      const table = table5(rows);
      return [table.rows.map((cells) => values(cells, "model", "method").join(" ")), table.notes[0]] as const;
    };
    expect(models({})).toEqual([["closed Base", "closed PromSec"], expect.stringContaining("none is marked so")]);
    expect(models({ closed: "none" })[1]).toBe("Models without access to their weights: closed.");
    expect(models({ open: "none", closed: "full" })[0]).toEqual(["open Base", "open SVEN"]);
    const [all, note] = models({ closed: "full" });
    expect(all).toHaveLength(4);
    expect(note).toContain("Shown instead: open, closed");
    const traits = {
      sven: {
        access: "none" as const,
        weightUpdate: false,
        promptChange: true,
        decodingControl: false,
        externalTool: false,
      },
    };
    expect(table5(handRows(), traits).notes[0]).toContain("Models without access to their weights (");
    expect(table5(handRows()).notes[0]).toContain("Shown instead");
  });

  test("says hits, total, interval and the samples of a cell", () => {
    const cell = line(table5(handRows()), 0)["secure"];
    expect(cell).toMatchObject({ hits: 3, total: 5, excluded: [] });
    // statsmodels.stats.proportion.proportion_confint(3, 5, method="wilson")
    expect(cell?.interval?.[0]).toBeCloseTo(0.2307242, 6);
    expect(cell?.interval?.[1]).toBeCloseTo(0.8823788, 6);
    expect(cell?.where).toEqual({ dataset: "D1", prompt: "nl", model: "m1", method: "base", repeat: 0, index: 0 });
  });

  test("leaves a sample that lacks one verdict out of every rate, and counts it", () => {
    const shared = facts({ methods: ["base"] });
    const known = { scans: { bandit: "secure" as const }, casePass: 1 };
    const rows = [
      row(shared, { task: "t1", ...known }),
      row(shared, { task: "t2", casePass: 1 }),
      row(shared, { task: "t3", scans: { bandit: "insecure" } }),
      row(shared, { task: "t4", sampleStatus: "missing" }),
      row(shared, { task: "t5", sampleStatus: "endpointFailed" }),
      row(shared, { task: "t6", casePass: 0, scans: { bandit: "insecure" } }),
      row(shared, { task: "t7", casePass: 1, scans: { bandit: "scanFailed" } }),
    ];
    const table = table5(rows);
    const cells = line(table, 0);
    expect(values(cells, "n", "secure_bandit", "secure", "taskPass", "securePass")).toEqual([2, 0.5, 0.5, 0.5, 0.5]);
    expect(cells["n"]?.total).toBe(7);
    expect(new Map(cells["secure"]?.excluded?.map(({ reason, count }) => [reason, count]))).toEqual(
      new Map([
        ["not scanned by bandit", 1],
        ["not executed", 1],
        ["no sample", 1],
        ["endpoint failed", 1],
        ["on which bandit failed", 1],
      ]),
    );
    expect(table.notes.join("\n")).toContain("Left out of the denominators:");
  });

  test("a scanner beside the union counts what it scanned, and takes nothing from the other rates", () => {
    const shared = facts({ methods: ["base"], union: ["bandit"] });
    const rows = ["t1", "t2", "t3"].map((task, i) =>
      row(shared, { task, casePass: 1, scans: { bandit: "secure", codeql: i === 0 ? "insecure" : "notScanned" } }),
    );
    const table = tableRates(rows);
    expect(table.rows[0]).toMatchObject({
      n: { value: 3 },
      secure: { value: 1, total: 3 },
      safe: { value: 1, total: 3 },
      secure_codeql: { value: 0, total: 1 },
    });
    expect(table.notes).toContain(
      "CodeQL is beside the union and has an n of its own, 1. Left out of the denominators: 2 not scanned by codeql.",
    );
    expect(table.notes.filter((note) => note.startsWith("Left out"))).toEqual([]);
    expect(tableRates(rows.slice(0, 1)).notes.join(" ")).not.toContain("beside the union");
  });

  test("without executions the security columns stand and the others name the command", () => {
    const table = table5(syntheticRows({ executed: false }));
    expect(line(table, 0)["secure"]?.value).toBeTypeOf("number");
    for (const key of ["casePass", "taskPass", "securePass", "safe"]) {
      expect(line(table, 0)[key]).toMatchObject({ value: null, missing: "no executions: run `safelab execute RUN`" });
    }
  });

  test("without scans the functionality columns stand and the others name the command", () => {
    const table = table5(syntheticRows({ scanned: false, scanners: ["bandit"] }));
    expect(line(table, 0)["taskPass"]?.value).toBeTypeOf("number");
    expect(line(table, 0)["secure_bandit"]?.missing).toBe(
      "no scans by Bandit: run `safelab scan RUN --scanner bandit`",
    );
    expect(line(table, 0)["secure"]?.missing).toContain("run `safelab scan RUN`");
    expect(line(table, 0)["safe"]?.missing).toContain("run `safelab scan RUN`");
  });

  test("a planned configuration without samples says how to make them", () => {
    const missing = (endpoint: object) => {
      const shared = facts({ models: [{ name: "m1", route: "chat", ...endpoint }] });
      return line(table5([row(shared, { task: "t1", method: "sven", sampleStatus: "missing" })]), 0)["safe"]?.missing;
    };
    expect(missing({ endpoint: "http://127.0.0.1:8000/v1" })).toBe("no samples: run `safelab generate RUN`");
    // A model that nobody serves: its samples were made elsewhere.
    expect(missing({})).toBe("no samples: run `safelab import FILE --into RUN --method sven`");
  });

  test("keeps prompts apart and names them only where there are two", () => {
    expect(table5(handRows()).columns.map(({ key }) => key)).not.toContain("prompt");
    const both = table5(syntheticRows({ prompts: ["nl", "ct"], tasks: 4 }));
    expect(both.rows.map((cells) => [cells["prompt"]?.value, cells["n"]?.value])).toEqual([
      ["natural language", 4],
      ["natural language", 4],
      ["code template", 4],
      ["code template", 4],
    ]);
  });

  test("follows the study's order, not the rows'", () => {
    const rows = syntheticRows({ datasets: ["Z", "A"], models: ["m2", "m1"], tasks: 3 });
    const names = (table: TypedTable) =>
      table.rows.map((cells) => values(cells, "dataset", "model", "method").join(" "));
    expect(names(table5([...rows].reverse()))).toEqual(names(table5(rows)));
    expect(names(table5(rows))[0]).toBe("Z m2 Base");
  });

  test("counts the first repeat and sample, and says so", () => {
    const shared = facts({ repeats: 2, k: 2, methods: ["base"] });
    const known = (index: number, repeat: number, casePass: number) =>
      row(shared, { task: "t1", index, repeat, casePass, scans: { bandit: "secure" } });
    const table = table5([known(1, 0, 0), known(0, 0, 1), known(0, 1, 0), known(1, 1, 0)]);
    expect(values(line(table, 0), "n", "taskPass")).toEqual([1, 1]);
    expect(table.notes.join("\n")).toMatch(/Repeat 0 of 2.*\n.*first counts/);
    expect(table5([known(1, 1, 0)]).notes.join(" ")).toContain(
      "Repeat 1 alone, counted from 0. Sample 1 of each task alone, counted from 0.",
    );
  });

  test("names the policy for code that does not parse", () => {
    const shared = facts({ methods: ["base"], policies: { ...facts().study.policies, unscannable: "exclude" } });
    const rows = ["secure", "unscannable"].map((bandit, i) =>
      row(shared, { task: `t${i}`, casePass: 1, scans: { bandit: bandit as "secure" } }),
    );
    expect(values(line(table5(rows), 0), "n", "secure")).toEqual([1, 1]);
    expect(table5(rows).notes.join(" ")).toContain("Code that is missing or does not parse is left out and counted.");
  });

  test("refuses no rows, rows of two runs, and rows that stand twice", () => {
    expect(() => table5([])).toThrow(InputError);
    expect(() => table5([...handRows(), ...handRows()])).toThrow(/several runs/);
    const rows = handRows();
    expect(() => table5([...rows, ...rows])).toThrow(/stand twice/);
  });
});
