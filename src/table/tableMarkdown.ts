import { cellOf } from "./cellOf.js";
import { bracketedCounts, formatCell, formatInterval } from "./formatCell.js";
import { tableNotes } from "./tableNotes.js";
import type { Cell, Column, TypedTable } from "./typedTable.js";

/** A table as GitHub-flavoured Markdown: bold title, header, one line a row with intervals in brackets, notes as a list. */
export function tableMarkdown(table: TypedTable): string {
  const header = table.columns.map((column) => escapeMarkdown(headerOf(column)));
  const rule = table.columns.map((column) => (column.kind === "text" ? ":--" : "--:"));
  const body = table.rows.map((row) =>
    table.columns.map((column) => escapeMarkdown(textOf(cellOf(row, column), column))),
  );
  const notes = tableNotes(table).map((note) => `* ${escapeMarkdown(note)}`);
  return [
    `**${escapeMarkdown(table.title)}**`,
    "",
    ...[header, rule, ...body].map((cells) => `| ${cells.join(" | ")} |`),
    ...(notes.length === 0 ? [] : ["", ...notes]),
    "",
  ].join("\n");
}

function headerOf(column: Column): string {
  if (column.group === undefined) return column.label;
  return column.group.endsWith("→") ? `${column.group} ${column.label}` : `${column.group}: ${column.label}`;
}

function textOf(cell: Cell, column: Column): string {
  const counts = column.kind === "percent" ? bracketedCounts(cell) : "";
  const interval = formatInterval(cell, column.kind);
  return [formatCell(cell, column.kind), counts, interval].filter((part) => part !== "").join(" ");
}

/** Text that Markdown and HTML inside it leave alone; back-quoted spans stay code. */
function escapeMarkdown(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029]/gu, " ")
    .split(/(`[^`|<>&]*`)/)
    .map((part, i) => (i % 2 === 1 ? part : escapeSpan(part)))
    .join("");
}

function escapeSpan(text: string): string {
  return text
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/[\\`*_[\]|~$]/g, (mark) => `\\${mark}`);
}
