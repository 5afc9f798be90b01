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
  readonly built: StudyFacts["built"];
  readonly looseSamples: StudyFacts["looseSamples"];
}

/** Packs the rows of one run. */
export function packRows(rows: readonly ResultRow[]): PackedRows {
  const names = [...resultColumnNames(rows), "code", "findings", "trace"] as ColumnName[];
  return {
    count: rows.length,
    columns: names.map((name) => packColumn(name, rows)),
    cases: rows[0]?.facts.cases ?? new Map<string, number>(),
    built: rows[0]?.facts.built ?? new Map<string, never>(),
    looseSamples: rows[0]?.facts.looseSamples,
  };
}

function packColumn(name: ColumnName, rows: readonly ResultRow[]): PackedColumn {
  const numbers = new Map<unknown, number>();
  const values: unknown[] = [];
  const at = new Uint32Array(rows.length);
  let [last, lastNumber]: [unknown, number] = [numbers, 0];
  for (const [i, row] of rows.entries()) {
    const value: unknown = row[name];
    // Neighbours are often alike, and rows without findings share one object: then there is nothing to look up.
    if (value !== last) {
      const key = typeof value === "object" && value !== null ? JSON.stringify(value) : value;
      const known = numbers.get(key);
      lastNumber = known ?? values.push(value) - 1;
      if (known === undefined) numbers.set(key, lastNumber);
      last = value;
    }
    at[i] = lastNumber;
  }
  return { name, values, at };
}

/** The rows again; rows that hold the same findings, or the same trace, share them. */
export function unpackRows(packed: PackedRows, { path, study }: RunFolder): ResultRow[] {
  const { count, columns, cases, built, looseSamples } = packed;
  const facts: StudyFacts = { study, path, cases, built, ...(looseSamples === undefined ? {} : { looseSamples }) };
  const blank = evenObject([...columns.map(({ name }) => name), "labels", "facts"]);
  const unlabelled: ResultRow["labels"] = [];
  return Array.from({ length: count }, (_, i) => {
    const row = { ...blank };
    for (const { name, values, at } of columns) row[name] = values[at[i] as number];
    row["labels"] = unlabelled;
    row["facts"] = facts;
    return row as unknown as ResultRow;
  });
}
