import { describe, expect, test } from "vitest";
import { tableCss } from "../../src/table/tableCss.js";
import { tableHtml, tableMarkup } from "../../src/table/tableHtml.js";
import { textCell, typedTable } from "../../src/table/typedTable.js";
import { sampleTable } from "./sampleTable.js";

describe("tableHtml", () => {
  const html = tableHtml(sampleTable());

  test("is self-contained: markup behind its style, nothing loaded", () => {
    expect(html).toBe(`<style>${tableCss}</style>\n${tableMarkup(sampleTable())}`);
    expect(html).not.toMatch(/src=|href=|@import|url\(/);
  });

  test("leaves no name as markup, in content or in attributes", () => {
    expect(html).not.toContain("<script");
    expect(html).toContain("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;");
    expect(html).toContain("<caption>A &lt;table&gt; of 100 % &amp; more</caption>");
  });

  test("heads every column and names every row", () => {
    expect(html.match(/<th scope="col"/g)).toHaveLength(7);
    expect(html).toContain('<th scope="colgroup" colspan="2">Secure@1</th>');
    expect(html.match(/<th scope="row"/g)).toHaveLength(3);
  });

  test("spans a data set over its rows", () => {
    expect(html).toContain('<th scope="rowgroup" rowspan="2" class="text">D_1</th>');
    expect(html.match(/scope="rowgroup"/g)).toHaveLength(2);
  });

  test("shows interval, and hits and total of a percentage, in a second line", () => {
    expect(html).toContain("0.750<small>[.301, .954]</small>");
    expect(html).toContain("18.81<small>19/101</small>");
  });

  test("says in the title what stands behind a cell and is not to be seen in it, and why one is missing", () => {
    expect(html).toContain('title="2 left out (not scanned)"');
    expect(html).toContain('title="3/4; 95 % interval [.301, .954]"');
    // Once a note names the level, the interval that is shown need not be said again.
    const noted = tableHtml({ ...sampleTable(), notes: ["Brackets hold 95 % intervals."] });
    expect(noted).toContain('title="3/4"');
    expect(noted).toContain("<small>[.301, .954]</small>");
    expect(html).toContain('<td class="missing" title="no executions: run `safelab execute RUN`">–</td>');
    expect(html).toContain("<li>– no executions: run <code>safelab execute RUN</code></li>");
  });
});

test("long text wraps, short text stays in one line", () => {
  const columns = [
    { key: "place", label: "Place", kind: "text" },
    { key: "says", label: "Says", kind: "text" },
  ] as const;
  const row = (says: string) => ({ place: textCell("Table 3"), says: textCell(says) });
  const html = tableMarkup(
    typedTable({ id: "t", title: "T", columns, rows: [row("short"), row("word ".repeat(20))], notes: [] }),
  );
  expect(html.match(/class="text long"/g)).toHaveLength(1);
});
