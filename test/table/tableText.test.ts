import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { tableText } from "../../src/table/tableText.js";
import { textCell, typedTable } from "../../src/table/typedTable.js";
import { sampleTable } from "./sampleTable.js";

describe("tableText", () => {
  test("aligns text left and numbers right under their headers", async () => {
    await expect(`${tableText(sampleTable())}\n`).toMatchFileSnapshot("golden/sampleTable.txt");
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
