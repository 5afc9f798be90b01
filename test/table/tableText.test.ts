import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { tableText } from "../../src/table/tableText.js";
import { tableLatex } from "../../src/table/tableLatex.js";
import { tableMarkdown } from "../../src/table/tableMarkdown.js";
import { textCell, typedTable } from "../../src/table/typedTable.js";
import { sampleTable } from "./sampleTable.js";

describe("tableText", () => {
  test("aligns text left and numbers right under their headers", async () => {
    await expect(`${tableText(sampleTable())}\n`).toMatchFileSnapshot("golden/sampleTable.txt");
  });

  test("puts intervals behind the rates where asked for", () => {
    const table = typedTable({
      id: "t",
      title: "t",
      columns: [{ key: "r", label: "Secure@1", kind: "rate" }],
      rows: [{ r: { value: 0.75, interval: [0.7, 0.8], where: {} } }],
      notes: [],
    });
    expect(tableText(table)).not.toContain("[");
    expect(tableText(table)).toContain("The intervals are not shown here: `tableText(table, { intervals: true })`");
    expect(tableText(table, { intervals: true })).toContain("0.750 [.700, .800]");
    expect(tableText(table, { intervals: true })).not.toContain("not shown");
  });

  test("percentages bring hits and total, except where columns of their own have them", () => {
    const table = typedTable({
      id: "t",
      title: "t",
      columns: [{ key: "r", label: "Recall", kind: "percent" }],
      rows: [{ r: { value: 0.75, hits: 3, total: 4, where: {} } }],
      notes: [],
    });
    expect(tableText(table)).toContain("75.00 (3/4)");
    expect(tableText(table, { counts: false })).not.toContain("3/4");
  });

  test("a percentage without a number of samples has no empty brackets", () => {
    const columns = [{ key: "d", label: "Δ", kind: "percent" as const }];
    const table = typedTable({ id: "t", title: "t", columns, rows: [{ d: { value: 0.1, where: {} } }], notes: [] });
    for (const render of [tableText, tableMarkdown, tableLatex]) expect(render(table)).not.toContain("()");
  });

  test("a table without columns is its title and notes", () => {
    expect(tableText(typedTable({ id: "t", title: "Nothing", columns: [], rows: [], notes: ["Why."] }))).toBe(
      "Nothing\nWhy.",
    );
  });

  test("is what a logged table shows", () => {
    expect(inspect(sampleTable())).toBe(tableText(sampleTable()));
  });

  test("replaces characters that would drive a terminal", () => {
    const name = "a\u001b[31m\u202eb";
    const table = typedTable({
      id: "t",
      title: "t",
      columns: [{ key: "m", label: "m", kind: "text" }],
      rows: [{ m: textCell(name) }],
      notes: [],
    });
    expect(tableText(table)).toContain("a\u{FFFD}[31m\u{FFFD}b");
  });

  test("a table without rows still says its title and notes", () => {
    expect(tableText({ ...sampleTable(), rows: [] })).toContain("Code that does not parse");
  });
});
