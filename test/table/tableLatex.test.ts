import { describe, expect, test } from "vitest";
import { escapeLatex } from "../../src/table/escapeLatex.js";
import { tableLatex } from "../../src/table/tableLatex.js";
import { sampleTable } from "./sampleTable.js";

describe("tableLatex", () => {
  const latex = tableLatex(sampleTable());

  test("reads as a booktabs table with siunitx columns", async () => {
    await expect(latex).toMatchFileSnapshot("golden/sampleTable.tex");
  });

  test("escapes all that LaTeX reads", () => {
    expect(latex).toContain("a\\&b\\_c\\%d\\textbar{}e");
    expect(latex).toContain("{[}50{]} \\$x\\textasciicircum{}2\\$ \\textbackslash{}input\\{y\\} \\textasciitilde{}");
    expect(escapeLatex("# < > \u2192 \u2212")).toBe("\\# \\textless{} \\textgreater{} $\\rightarrow$ $-$");
  });

  test("has a number for letters that pdfLaTeX has no font for, and formulas for Greek", () => {
    expect(escapeLatex("η² 中 é “x”")).toBe("$\\eta$$^2$ {[}U+4E2D{]} é “x”");
  });

  test("goes on in further floats under one number, each row in one of them, names repeated", () => {
    const table = sampleTable();
    const rows = Array.from({ length: 60 }, () => table.rows).flat();
    const long = tableLatex({ ...table, rows });
    const floats = long.split("\\end{table*}").length - 1;
    expect(floats).toBeGreaterThan(1);
    expect(long.match(/\\addtocounter\{table\}\{-1\}/g)).toHaveLength(floats - 1);
    expect(long.match(/\\label/g)).toHaveLength(1);
    expect(long.match(/\\begin\{minipage\}/g)).toHaveLength(1);
    const bodies = long
      .split("\\midrule")
      .slice(1)
      .map((part) => part.slice(0, part.indexOf("\\bottomrule")));
    for (const body of bodies) expect(body.trim().split("\n")[0]).toMatch(/^\S/);
  });

  test("prints commands of notes in typewriter", () => {
    expect(latex).toContain("run \\texttt{safelab execute RUN}");
  });

  test("every line of the body has as many columns as the table", () => {
    const body = latex.slice(latex.indexOf("\\midrule"), latex.indexOf("\\bottomrule")).split("\n");
    const cells = (line: string) => {
      const spans = [...line.matchAll(/\\multicolumn\{(\d+)\}/g)].reduce((sum, [, n]) => sum + Number(n) - 1, 0);
      return line.replace(/\\&/g, "").split("&").length + spans;
    };
    expect(body.filter((line) => line.endsWith("\\\\")).map(cells)).toEqual(Array<number>(6).fill(8));
  });
});
