/** The first rows of any table-like value. */
export interface PlainRows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
  /** Rows of the whole value. */
  readonly total: number;
}

interface ArqueroLike {
  columnNames(): string[];
  numRows(): number;
  objects(options: { limit: number }): Record<string, unknown>[];
}

interface DanfoLike {
  readonly columns: string[];
  readonly values: unknown[][];
  readonly shape: number[];
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

const isArquero = (value: unknown): value is ArqueroLike =>
  isObject(value) && ["columnNames", "numRows", "objects"].every((name) => typeof value[name] === "function");

const isDanfo = (value: unknown): value is DanfoLike =>
  isObject(value) && Array.isArray(value["columns"]) && Array.isArray(value["values"]) && Array.isArray(value["shape"]);

function ofObjects(objects: readonly Record<string, unknown>[], total: number): PlainRows | undefined {
  const columns = [...new Set(objects.flatMap((row) => Object.keys(row)))];
  if (columns.length === 0) return undefined;
  return { columns, rows: objects.map((row) => columns.map((column) => row[column])), total };
}

/** The first `limit` rows of an arquero table, a danfoJS frame or an array of objects; `undefined` for anything else. */
export function plainRows(value: unknown, limit: number): PlainRows | undefined {
  if (isArquero(value)) {
    const columns = value.columnNames();
    const rows = value.objects({ limit }).map((row) => columns.map((column) => row[column]));
    return { columns, rows, total: value.numRows() };
  }
  if (isDanfo(value)) {
    const rows = value.values.slice(0, limit).map((row) => (Array.isArray(row) ? row : [row]));
    return { columns: value.columns, rows, total: value.shape[0] ?? value.values.length };
  }
  if (Array.isArray(value) && value.length > 0 && value.every((row) => isObject(row) && !Array.isArray(row))) {
    return ofObjects((value as Record<string, unknown>[]).slice(0, limit), value.length);
  }
  return undefined;
}
