import { cellOf, headerGroups } from "./cellOf.js";
import { bracketedCounts, formatCell, formatInterval } from "./formatCell.js";
import { tableNotes } from "./tableNotes.js";
import type { Cell, Column, TypedTable } from "./typedTable.js";

const gap = "  ";

export interface TableTextOptions {
  /** Puts the 95 % interval behind each rate. */
  readonly intervals?: boolean;
  /** `false` leaves hits and total of percentages out, for tables that have them in columns of their own. */
  readonly counts?: boolean;
}

/**
 * A table as aligned plain text for a terminal: title, header, rows, notes. Percentages carry their hits and total;
 * intervals are in the other formats, and here where asked for (a last line says so). Control characters of untrusted names are replaced.
 */
export function tableText(table: TypedTable, { intervals = false, counts = true }: TableTextOptions = {}): string {
  const shown = (cell: Cell, column: Column) =>
    textOf(cell, column, counts) +
    (intervals && cell.interval !== undefined ? ` ${formatInterval(cell, column.kind)}` : "");
  const lines = [
    table.columns.map((column) => printable(column.label)),
    ...table.rows.map((row) => table.columns.map((column) => printable(shown(cellOf(row, column), column)))),
  ];
  const widths = table.columns.map((_, i) => Math.max(...lines.map((line) => width(line[i] ?? ""))));
  const spans = groupLine(table.columns, widths);
  const [header, ...body] = lines.map((line) =>
    line
      .map((text, i) => pad(text, widths[i] ?? 0, table.columns[i]))
      .join(gap)
      .trimEnd(),
  );
  const notes = [...tableNotes(table), ...(intervals ? [] : notShown(table))].map(printable);
  if (table.columns.length === 0) return [printable(table.title), ...notes].join("\n");
  const rule = "─".repeat(widths.reduce((sum, each) => sum + each + gap.length, -gap.length));
  const spanning = spans === "" ? [] : [spans];
  return [printable(table.title), rule, ...spanning, header, rule, ...body, rule, ...notes].join("\n");
}

function textOf(cell: Cell, column: Column, withCounts: boolean): string {
  const counts = withCounts && column.kind === "percent" ? bracketedCounts(cell) : "";
  return formatCell(cell, column.kind) + (counts === "" ? "" : ` ${counts}`);
}

/** What this form leaves out, where there is any. */
function notShown({ columns, rows }: TypedTable): string[] {
  const has = rows.some((row) => columns.some((column) => cellOf(row, column).interval !== undefined));
  return has ? ["The intervals are not shown here: `tableText(table, { intervals: true })`, or any other form."] : [];
}

/** The line of spanning headers; one that is wider than its columns widens the last of them. Empty without groups. */
function groupLine(columns: readonly Column[], widths: number[]): string {
  let line = "";
  let index = 0;
  let at = 0;
  for (const { group, columns: members } of headerGroups(columns)) {
    const inside = widths.slice(index, index + members.length);
    let room = inside.reduce((sum, each) => sum + each + gap.length, -gap.length);
    index += members.length;
    if (group !== undefined) {
      const lacking = Math.max(0, width(printable(group)) - room);
      widths[index - 1] = (widths[index - 1] ?? 0) + lacking;
      room += lacking;
      line = line.padEnd(at) + printable(group);
    }
    at += room + gap.length;
  }
  return line;
}

function pad(text: string, size: number, column: Column | undefined): string {
  const fill = " ".repeat(Math.max(0, size - width(text)));
  return column?.kind === "text" ? text + fill : fill + text;
}

function width(text: string): number {
  return [...text].length;
}

function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, "\u{FFFD}");
}
