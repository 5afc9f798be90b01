import type { Cell, Column, Row } from "./typedTable.js";

const absent: Cell = { value: null, where: {} };

/** The cell of a row under a column; an empty one where the row has none. */
export function cellOf(row: Row, column: Column): Cell {
  return row[column.key] ?? absent;
}

/** Number of columns from the left that hold text and so name the row. */
export function stubWidth(columns: readonly Column[]): number {
  const first = columns.findIndex((column) => column.kind !== "text");
  return first === -1 ? Math.min(1, columns.length) : first;
}

/** Runs of neighbouring columns with the same group: `[group or undefined, columns]`. */
export function headerGroups(columns: readonly Column[]): { group: string | undefined; columns: Column[] }[] {
  const groups: { group: string | undefined; columns: Column[] }[] = [];
  for (const column of columns) {
    const last = groups.at(-1);
    if (last !== undefined && column.group !== undefined && last.group === column.group) last.columns.push(column);
    else groups.push({ group: column.group, columns: [column] });
  }
  return groups;
}
