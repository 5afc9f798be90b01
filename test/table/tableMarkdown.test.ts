import { describe, expect, test } from "vitest";
import { tableMarkdown } from "../../src/table/tableMarkdown.js";
import { sampleTable } from "./sampleTable.js";

describe("tableMarkdown", () => {
  const lines = tableMarkdown(sampleTable()).split("\n");

  test("keeps names from becoming markup or cells", () => {
    expect(lines.join("\n")).not.toContain("<script");
    expect(lines[5]).toContain("a&amp;b\\_c%d\\|e");
    expect(lines[0]).toBe("**A &lt;table&gt; of 100 % &amp; more**");
  });

  test("every line has one cell a column", () => {
    const cells = lines.slice(2, 7).map((line) => line.replace(/\\\|/g, "").split("|").length - 2);
    expect(cells).toEqual([7, 7, 7, 7, 7]);
  });

  test("prints hits, total and interval beside the number", () => {
    expect(lines[4]).toContain(
      "| 0.750 \\[.301, .954\\] | 18.81 (19/101) | \u22120.044 \\[\u2212.100, +.020\\] | &lt; .001 |",
    );
  });

  test("ends with its notes, commands as code", () => {
    expect(lines.slice(-3)).toEqual([
      "* Code that does not parse counts as \\*insecure\\*.",
      "* – no executions: run `safelab execute RUN`",
      "",
    ]);
  });
});
