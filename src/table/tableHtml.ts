import { cellOf, headerGroups, stubWidth } from "./cellOf.js";
import { escapeHtml, htmlProse } from "./escapeHtml.js";
import { formatCell, formatCounts, formatInterval } from "./formatCell.js";
import { tableCss } from "./tableCss.js";
import { tableNotes } from "./tableNotes.js";
import type { Cell, Column, ColumnKind, Row, TypedTable } from "./typedTable.js";

/** A table as one self-contained piece of HTML: `tableMarkup` with its style. */
export function tableHtml(table: TypedTable): string {
  return `<style>${tableCss}</style>\n${tableMarkup(table)}`;
}

/**
 * A table as accessible HTML without style, for pages that carry `tableCss` themselves: caption, spanning headers, row headers, the
 * 95 % interval (and, for percentages, hits and total) in a second line, what else stands behind a cell in its title.
 */
export function tableMarkup(table: TypedTable): string {
  const stub = stubWidth(table.columns);
  const body = table.rows.map((_, i) => rowMarkup(table, i, stub));
  const notes = tableNotes(table).map((note) => `<li>${htmlProse(note)}</li>`);
  return [
    `<div class="safelab-table" id="${escapeHtml(table.id)}">`,
    "<table>",
    `<caption>${escapeHtml(table.title)}</caption>`,
    `<thead>${headMarkup(table.columns)}</thead>`,
    `<tbody>\n${body.join("\n")}\n</tbody>`,
    "</table>",
    ...(notes.length === 0 ? [] : [`<ul>${notes.join("")}</ul>`]),
    "</div>",
  ].join("\n");
}

function headMarkup(columns: readonly Column[]): string {
  const groups = headerGroups(columns);
  if (groups.every(({ group }) => group === undefined))
    return `<tr>${columns.map((each) => headCell(each, "")).join("")}</tr>`;
  const first = groups.map(({ group, columns: members }) =>
    group === undefined
      ? members.map((column) => headCell(column, ' rowspan="2"')).join("")
      : `<th scope="colgroup" colspan="${members.length}">${htmlProse(group)}</th>`,
  );
  const second = columns.filter((column) => column.group !== undefined).map((column) => headCell(column, ""));
  return `<tr>${first.join("")}</tr><tr>${second.join("")}</tr>`;
}

function headCell(column: Column, span: string): string {
  const unit = column.kind === "percent" ? " (%)" : "";
  return `<th scope="col"${span}${column.kind === "text" ? ' class="text"' : ""}>${htmlProse(column.label + unit)}</th>`;
}

function rowMarkup(table: TypedTable, at: number, stub: number): string {
  const row = table.rows[at] ?? {};
  const namesLevel = table.notes.some((note) => note.includes("95 %"));
  const cells = table.columns.map((column, i) => {
    if (i >= stub) return dataCell(cellOf(row, column), column, namesLevel);
    const height = i === stub - 1 ? 1 : runLength(table, at, i);
    if (height === 0) return "";
    const scope = i < stub - 1 ? "rowgroup" : "row";
    const span = height > 1 ? ` rowspan="${height}"` : "";
    return `<th scope="${scope}"${span} class="text">${htmlProse(formatCell(cellOf(row, column), "text"))}</th>`;
  });
  const block = stub > 1 && at > 0 && runLength(table, at, stub - 2) > 0;
  return `<tr${block ? ' class="block"' : ""}>${cells.join("")}</tr>`;
}

/** Rows from here on that agree in the columns up to `last`; 0 where the row above agrees as well. */
function runLength(table: TypedTable, at: number, last: number): number {
  const names = (row: Row) =>
    JSON.stringify(table.columns.slice(0, last + 1).map((column) => cellOf(row, column).value));
  const own = names(table.rows[at] ?? {});
  const above = table.rows[at - 1];
  if (above !== undefined && names(above) === own) return 0;
  const length = table.rows.slice(at).findIndex((row) => names(row) !== own);
  return length === -1 ? table.rows.length - at : length;
}

/** Characters of text that a cell holds in one line. */
const longest = 60;

/**
 * What stands behind a cell and is not to be seen in it, for its title. The level of its interval is among that where the notes do not name it.
 */
function hiddenIn(cell: Cell, kind: ColumnKind, namesLevel: boolean): string {
  if (cell.missing !== undefined) return cell.missing;
  const interval = namesLevel ? "" : formatInterval(cell, kind);
  return [
    showsCounts(cell, kind) ? "" : formatCounts(cell),
    interval === "" ? "" : `95 % interval ${interval}`,
    ...(cell.excluded ?? []).map(({ reason, count }) => `${count} left out (${reason})`),
  ]
    .filter((part) => part !== "")
    .join("; ");
}

const showsCounts = (cell: Cell, kind: ColumnKind) => kind === "percent" && cell.value !== null;

function dataCell(cell: Cell, column: Column, namesLevel: boolean): string {
  const about = hiddenIn(cell, column.kind, namesLevel);
  const title = about === "" ? "" : ` title="${escapeHtml(about)}"`;
  const long = column.kind === "text" && String(cell.value ?? "").length > longest;
  const classes = [
    column.kind === "text" ? "text" : "",
    long ? "long" : "",
    cell.missing === undefined ? "" : "missing",
  ]
    .filter(Boolean)
    .join(" ");
  const counts = showsCounts(cell, column.kind) ? formatCounts(cell) : "";
  const second = [counts, formatInterval(cell, column.kind)].filter((part) => part !== "").join(" ");
  const small = second === "" ? "" : `<small>${escapeHtml(second)}</small>`;
  const main = formatCell(cell, column.kind);
  const text = column.kind === "text" ? htmlProse(main) : escapeHtml(main);
  return `<td${classes === "" ? "" : ` class="${classes}"`}${title}>${text}${small}</td>`;
}
