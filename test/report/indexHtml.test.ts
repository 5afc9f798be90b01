import { expect, test } from "vitest";
import { indexHtml } from "../../src/report/indexHtml.js";
import { textCell, typedTable } from "../../src/table/typedTable.js";

const hostile = '<script>alert("x")</script>';

const page = indexHtml({
  title: `study ${hostile}`,
  notice: "recorded, not re-executed: run `safelab doctor`",
  facts: [["Models", hostile]],
  sections: [
    {
      id: "rq1",
      heading: "RQ1: scanners",
      question: "What do they see?",
      figures: [{ id: "figure5", title: hostile, data: [], layout: {}, alt: hostile, notes: ["Lines: intervals."] }],
      tables: [
        typedTable({
          id: "table5",
          title: "Rates",
          columns: [{ key: "model", label: "Model", kind: "text" }],
          rows: [{ model: textCell(hostile) }],
          notes: [],
        }),
      ],
    },
  ],
});

test("names from a run are text on the page, never markup", () => {
  expect(page).not.toContain("<script");
  expect(page).toContain("&lt;script&gt;");
});

test("figures, tables and notebooks are linked by their places in the folder", () => {
  const links = [...page.matchAll(/(?:href|src)="([^"#]+)"/g)].map(([, target]) => target);
  expect(links).toEqual([
    "notebooks/start.html",
    "notebooks/rq1.html",
    "figures/figure5.svg",
    "figures/figure5.svg",
    "figures/figure5.json",
    "tables/table5.csv",
    "tables/table5.html",
  ]);
});

test("what a picture holds already stands on the page for those alone who cannot see it", () => {
  expect(page.replace(/ alt="[^"]*"/g, "")).not.toContain("Lines: intervals.");
  expect(page).toMatch(/alt="[^"]* Lines: intervals\."/);
});

test("the contents lead to every question, and every figure and table folds under its title", () => {
  expect(/<nav[^>]*>(.*?)<\/nav>/.exec(page)?.[1]).toContain('<a href="#rq1">RQ1: scanners</a>');
  expect(page).toContain('<details open id="figure5"><summary>');
  expect(page).toContain("<details><summary>Table 5: Rates</summary>");
});

test("figures and tables of the paper have their numbers, others have none", () => {
  const summaryOf = (id: string) => {
    const figure = { id, title: "Rates", data: [], layout: {}, alt: "", notes: [] };
    const sections = [{ id: "rq1", heading: "", question: "", figures: [figure], tables: [] }];
    return /<summary>(.*?)<\/summary>/.exec(indexHtml({ title: "", notice: "", facts: [], sections }))?.[1];
  };
  expect(["figure3", "figure5FamiliesFindings", "figurePlane1", "figureForest2"].map(summaryOf)).toEqual([
    "Figure 3: Rates",
    "Figure 5: Rates",
    "Rates",
    "Rates",
  ]);
});

test("the page says where verdicts come from when they were not made here", () => {
  expect(page).toContain("recorded, not re-executed: run <code>safelab doctor</code>");
});
