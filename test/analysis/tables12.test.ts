import { describe, expect, test } from "vitest";
import { table1 } from "../../src/analysis/table1.js";
import { table2 } from "../../src/analysis/table2.js";
import { facts, row, syntheticRows } from "./rows.js";

describe("table1", () => {
  test("prints the traits of the run's methods and says which method states none", () => {
    const traits = {
      access: "partial",
      weightUpdate: false,
      promptChange: true,
      decodingControl: true,
      externalTool: false,
    } as const;
    const table = table1(syntheticRows({ methods: ["codeguard", "toString"], tasks: 2 }), { codeguard: traits });
    expect(table.columns.map(({ key }) => table.rows[0]?.[key]?.value)).toEqual([
      ...["CodeGuard+", "partial", "no", "yes", "yes", "no"],
    ]);
    expect(table.rows[1]?.["access"]?.missing).toContain("no traits");
  });
});

describe("table2", () => {
  test("counts tasks, cases and labels of each data set once, whatever the configurations", () => {
    const cases = new Map([
      [JSON.stringify(["D1", "t1"]), 4],
      [JSON.stringify(["D1", "t2"]), 7],
    ]);
    const shared = { ...facts(), cases };
    const rows = ["base", "sven"].flatMap((method) => [
      row(shared, { task: "t1", method, cwe: "CWE-78 CWE-79" }),
      row(shared, { task: "t2", method }),
    ]);
    expect(table2(rows).rows[0]).toMatchObject({
      tasks: { value: 2 },
      prompts: { value: "natural language" },
      cases: { value: 11 },
      meanCases: { value: 5.5 },
      labelled: { value: 0.5, hits: 1, total: 2 },
      cwes: { value: 2 },
    });
  });

  test("says how many cases were generated, struck, edited and kept, where a builder made any", () => {
    const counts = { generated: 5, struck: 2, edited: 1, kept: 3 };
    const built = new Map(["t1", "t2"].map((task) => [JSON.stringify(["D1", task]), counts]));
    const shared = {
      ...facts({
        datasets: [
          { name: "D1", tasks: "all" },
          { name: "D2", tasks: "all" },
        ],
      }),
      built,
    };
    const rows = ["t1", "t2"].flatMap((task) =>
      ["base", "sven"].flatMap((method) => [
        row(shared, { task, method }),
        row(shared, { dataset: "D2", task, method }),
      ]),
    );
    const [own, foreign] = table2(rows).rows;
    expect(own).toMatchObject({
      generated: { value: 10 },
      struck: { value: 4 },
      edited: { value: 2 },
      kept: { value: 6 },
    });
    expect(foreign?.["kept"]?.missing).toContain("no test case of this data set was generated here");
    expect(table2(syntheticRows({ tasks: 2 })).columns.map(({ key }) => key)).not.toContain("struck");
  });

  test("names the command where the cases are not known", () => {
    expect(table2(syntheticRows({ tasks: 2 })).rows[0]?.["cases"]?.missing).toContain("safelab plan RUN");
  });
});
