import { csvFormatRows } from "d3-dsv";
import { cellOf } from "./cellOf.js";
import type { Cell, Column, TypedTable } from "./typedTable.js";

/** Columns that follow a value column where any cell has them. */
const extras: readonly { name: string; of: (cell: Cell) => number | undefined }[] = [
  { name: "hits", of: (cell) => cell.hits },
  { name: "total", of: (cell) => cell.total },
  { name: "excluded", of: (cell) => cell.excluded?.reduce((sum, { count }) => sum + count, 0) },
  { name: "low", of: (cell) => cell.interval?.[0] },
  { name: "high", of: (cell) => cell.interval?.[1] },
];

/**
 * A table as CSV (RFC 4180, `\n`): the raw values under the column keys, and `KEY_hits`, `KEY_total`, `KEY_excluded`, `KEY_low`,
 * `KEY_high` where a column has them. A missing value is an empty field, never `NaN`.
 */
export function tableCsv(table: TypedTable): string {
  const fields = table.columns.flatMap((column) => fieldsOf(column, table));
  const lines = table.rows.map((row) => fields.map(({ column, of }) => raw(of(cellOf(row, column)))));
  return `${csvFormatRows([fields.map((field) => field.name), ...lines])}\n`;
}

interface Field {
  readonly name: string;
  readonly column: Column;
  readonly of: (cell: Cell) => string | number | null | undefined;
}

function fieldsOf(column: Column, table: TypedTable): Field[] {
  const present = extras.filter(({ of }) => table.rows.some((row) => of(cellOf(row, column)) !== undefined));
  return [
    { name: column.key, column, of: (cell) => cell.value },
    ...present.map(({ name, of }) => ({ name: `${column.key}_${name}`, column, of })),
  ];
}

function raw(value: string | number | null | undefined): string {
  return value === null || value === undefined ? "" : String(value);
}
