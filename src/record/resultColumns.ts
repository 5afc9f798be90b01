import type { ResultRow } from "./schema/resultRow.js";

/** A value that a table or a file can hold. */
export type Plain = string | number | boolean | null;

const nested = new Set(["code", "findings", "trace", "labels", "facts"]);

/** The names of the flat columns of result rows, in order: keys, verdicts, scanners and judges. */
export function resultColumnNames(rows: readonly ResultRow[]): string[] {
  const first = rows[0];
  return first === undefined ? [] : Object.keys(first).filter((name) => !nested.has(name));
}

/** Result rows as columns of plain values. */
export function resultColumns(rows: readonly ResultRow[]): Record<string, Plain[]> {
  return Object.fromEntries(
    resultColumnNames(rows).map((name) => [name, rows.map((row) => row[name as keyof ResultRow] as Plain)]),
  );
}
