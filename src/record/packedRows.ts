import { evenObject } from "./evenObject.js";
import { resultColumnNames } from "./resultColumns.js";
import type { RunFolder } from "./runFolder.js";
import type { ResultRow, StudyFacts } from "./schema/resultRow.js";

type ColumnName = Extract<keyof ResultRow, string>;

/** One column: its different values, and for each row which of them it holds. */
interface PackedColumn {
  readonly name: string;
  readonly values: readonly unknown[];
  readonly at: Uint32Array;
}

/** Result rows as columns, without what all rows share. */
export interface PackedRows {
  readonly count: number;
  readonly columns: readonly PackedColumn[];
  readonly cases: StudyFacts["cases"];
}

/** Packs the rows of one run. */
export function packRows(rows: readonly ResultRow[]): PackedRows {
  const names = [...resultColumnNames(rows), "code", "findings", "trace"] as ColumnName[];
  return {
    count: rows.length,
    columns: names.map((name) => packColumn(name, rows)),
    cases: rows[0]?.facts.cases ?? new Map<string, number>(),
  };
}

function packColumn(name: ColumnName, rows: readonly ResultRow[]): PackedColumn {
  const numbers = new Map<unknown, number>();
  const values: unknown[] = [];
  const at = rows.reduce((filled, row, i) => {
    const value: unknown = row[name];
    const key = typeof value === "object" && value !== null ? JSON.stringify(value) : value;
    let number = numbers.get(key);
    if (number === undefined) {
      number = values.push(value) - 1;
      numbers.set(key, number);
    }
    filled[i] = number;
    return filled;
  }, new Uint32Array(rows.length));
  return { name, values, at };
}

/** The rows again; rows that hold the same findings, or the same trace, share them. */
export function unpackRows({ count, columns, cases }: PackedRows, { path, study }: RunFolder): ResultRow[] {
  const facts: StudyFacts = { study, path, cases };
  const blank = evenObject([...columns.map(({ name }) => name), "facts"]);
  return Array.from({ length: count }, (_, i) => {
    const row = { ...blank };
    for (const { name, values, at } of columns) row[name] = values[at[i] as number];
    row["facts"] = facts;
    return row as unknown as ResultRow;
  });
}
