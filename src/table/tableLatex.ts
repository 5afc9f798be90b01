import { cellOf, headerGroups, stubWidth } from "./cellOf.js";
import { bracketedCounts, formatCell, formatInterval } from "./formatCell.js";
import { escapeLatex } from "./escapeLatex.js";
import { rowPages } from "./rowPages.js";
import { tableNotes } from "./tableNotes.js";
import type { Cell, Column, ColumnKind, Row, TypedTable } from "./typedTable.js";

/** siunitx column of each kind. Cells that are no bare number are braced, which siunitx centres as text. */
const columnTypes: Readonly<Record<ColumnKind, string>> = {
  text: "l",
  count: "S[table-format=5.0]",
  number: "S[table-format=2.2]",
  rate: "S[table-format=1.3]",
  percent: "S[table-format=3.2]",
  difference: "S[table-format=+1.3,retain-explicit-plus]",
  effect: "S[table-format=+1.3,retain-explicit-plus]",
  p: "r",
};

/**
 * A table for a manuscript: a `table*` with booktabs rules and siunitx columns (`\usepackage{booktabs,graphicx,siunitx}`). Intervals
 * stand in a smaller line under their row, hits and total of a percentage beside it, notes under the table. What is wider than the
 * page is scaled down to it; what is longer goes on in further floats under the same number. The label is `tab:` and the table's id.
 */
export function tableLatex(table: TypedTable): string {
  const stub = stubWidth(table.columns);
  const linesOf = (row: Row, above: Row | undefined) => rowLines(row, above, table.columns, stub);
  const pages = rowPages(table.rows, (row, above) => ({
    height: linesOf(row, above).length,
    startsBlock: startsBlock(row, above ?? {}, table.columns, stub),
  }));
  const floats = pages.map((rows, page) => [
    "\\begin{table*}[tp]",
    "  \\centering\\small\\setlength{\\tabcolsep}{3pt}",
    ...(page === 0 ? captionLines(table) : continuedLines(table)),
    "  \\resizebox{\\ifdim\\width>\\textwidth\\textwidth\\else\\width\\fi}{!}{%",
    `  \\begin{tabular}{@{}${table.columns.flatMap(typesOf).join(" ")}@{}}`,
    "    \\toprule",
    ...headerLines(table.columns),
    "    \\midrule",
    ...rows.flatMap((row, i) => linesOf(row, rows[i - 1])),
    "    \\bottomrule",
    "  \\end{tabular}}",
    ...(page === pages.length - 1 ? noteLines(table) : []),
    "\\end{table*}",
  ]);
  return ["% needs \\usepackage{booktabs,graphicx,siunitx}", ...floats.flat(), ""].join("\n");
}

function captionLines({ id, title }: TypedTable): string[] {
  return [`  \\caption{${escapeLatex(title)}}`, `  \\label{tab:${id.replace(/[^A-Za-z0-9:.-]/g, "-")}}`];
}

function continuedLines({ title }: TypedTable): string[] {
  return ["  \\addtocounter{table}{-1}", `  \\caption{${escapeLatex(title)} (continued)}`];
}

function noteLines(table: TypedTable): string[] {
  const notes = tableNotes(table).map(escapeLatex);
  if (notes.length === 0) return [];
  const lines = notes.map((note, i) => `    ${note}${i === notes.length - 1 ? "" : "\\\\"}`);
  return ["  \\par\\smallskip\\begin{minipage}{\\textwidth}\\footnotesize\\raggedright", ...lines, "  \\end{minipage}"];
}

/** A percentage takes two columns: the number, and its hits and total. */
function typesOf(column: Column): string[] {
  const type = columnTypes[column.kind];
  return column.kind === "percent" ? [type, "@{\\,}l"] : [type];
}

function span(column: Column): number {
  return column.kind === "percent" ? 2 : 1;
}

function headerLines(columns: readonly Column[]): string[] {
  const labels = columns.map((column) => {
    const text = escapeLatex(column.label);
    if (column.kind === "percent") return `\\multicolumn{2}{c}{${text} (\\%)}`;
    return column.kind === "text" ? text : `{${text}}`;
  });
  const groups = headerGroups(columns);
  if (groups.every(({ group }) => group === undefined)) return [line(labels)];
  let at = 1;
  const rules: string[] = [];
  const heads = groups.map(({ group, columns: members }) => {
    const wide = members.reduce((sum, column) => sum + span(column), 0);
    if (group !== undefined) rules.push(`\\cmidrule(lr){${at}-${at + wide - 1}}`);
    at += wide;
    if (group !== undefined) return `\\multicolumn{${wide}}{c}{${escapeLatex(group)}}`;
    return wide === 1 ? "" : `\\multicolumn{${wide}}{c}{}`;
  });
  return [line(heads), `    ${rules.join(" ")}`, line(labels)];
}

function rowLines(row: Row, above: Row | undefined, columns: readonly Column[], stub: number): string[] {
  let same = above !== undefined;
  const texts = columns.flatMap((column, i) => {
    const cell = cellOf(row, column);
    same = same && i < stub - 1 && cellOf(above ?? {}, column).value === cell.value;
    return same ? [""] : partsOf(cell, column);
  });
  const rule = above !== undefined && startsBlock(row, above, columns, stub) ? ["    \\addlinespace"] : [];
  const intervals = columns.flatMap((column) => intervalParts(cellOf(row, column), column));
  return [...rule, line(texts), ...(intervals.every((text) => text === "") ? [] : [line(intervals)])];
}

/** Whether any row name but the last differs from the row above. */
function startsBlock(row: Row, above: Row, columns: readonly Column[], stub: number): boolean {
  return columns
    .slice(0, Math.max(0, stub - 1))
    .some((column) => cellOf(row, column).value !== cellOf(above, column).value);
}

function partsOf(cell: Cell, column: Column): string[] {
  const text = latexNumber(formatCell(cell, column.kind), cell, column.kind);
  if (column.kind !== "percent") return [text];
  const counts = bracketedCounts(cell);
  return [text, counts === "" ? "" : `{\\scriptsize${counts}}`];
}

function latexNumber(text: string, cell: Cell, kind: ColumnKind): string {
  if (kind === "text") return escapeLatex(text);
  if (cell.value === null) return "{--}";
  if (kind === "p") return `$${text.replace("\u2212", "-")}$`;
  return text.replace("\u2212", "-").replace(/,/g, "");
}

function intervalParts(cell: Cell, column: Column): string[] {
  const text = formatInterval(cell, column.kind).replace(/\u2212/g, "$-$");
  const small = text === "" ? "" : `{\\scriptsize ${text}}`;
  if (column.kind !== "percent") return [small];
  return [small === "" ? "" : `\\multicolumn{2}{c}${small}`, ""].slice(0, small === "" ? 2 : 1);
}

function line(cells: readonly string[]): string {
  return `    ${cells.join(" & ")} \\\\`;
}
