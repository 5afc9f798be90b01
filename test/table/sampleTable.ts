import { missingCell, textCell, type TypedTable, typedTable } from "../../src/table/typedTable.js";

/** A small table with every kind of column, a missing cell, and names that mean something to HTML, Markdown and LaTeX. */
export function sampleTable(): TypedTable {
  const line = (dataset: string, model: string, value: number | null) => ({
    dataset: textCell(dataset),
    model: textCell(model),
    n: { value: 12_345, where: {} },
    rate:
      value === null
        ? missingCell("no executions: run `safelab execute RUN`", {})
        : { value, hits: 3, total: 4, interval: [0.3006, 0.9544] as const, where: { model } },
    share: { value: 0.18814, hits: 19, total: 101, excluded: [{ reason: "not scanned", count: 2 }], where: {} },
    change: { value: -0.0436, interval: [-0.1, 0.02] as const, where: {} },
    p: { value: 0.00004, where: {} },
  });
  return typedTable({
    id: "sample",
    title: "A <table> of 100 % & more",
    columns: [
      { key: "dataset", label: "Data set", kind: "text" },
      { key: "model", label: "Model", kind: "text" },
      { key: "n", label: "n", kind: "count" },
      { key: "rate", label: "Union", kind: "rate", group: "Secure@1" },
      { key: "share", label: "Lost", kind: "percent", group: "Secure@1" },
      { key: "change", label: "Δ", kind: "difference" },
      { key: "p", label: "p", kind: "p" },
    ],
    rows: [
      line("D_1", '<script>alert("x")</script>', 0.75),
      line("D_1", "a&b_c%d|e", null),
      line("D2", "[50] $x^2$ \\input{y} ~", 1),
    ],
    notes: ["Code that does not parse counts as *insecure*."],
  });
}
