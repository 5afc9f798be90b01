import { tableText } from "./tableText.js";

/**
 * How the values of a column read.
 * `rate`: a fraction 0 … 1 whose row shares one denominator, printed as `0.751`.
 * `percent`: a fraction 0 … 1 with a denominator of its own, printed as `18.81` with hits and total beside it.
 * `number`: a plain mean. `difference` and `effect`: signed. `p`: a probability, never printed as zero.
 */
export type ColumnKind = "text" | "count" | "number" | "rate" | "percent" | "difference" | "effect" | "p";

/** One column. Neighbours with the same `group` share a spanning header. */
export interface Column {
  readonly key: string;
  readonly label: string;
  readonly kind: ColumnKind;
  readonly group?: string;
}

/** Column values that select the samples behind a cell; `samplesOf` reads it. Empty where no sample stands behind it. */
export type Where = Readonly<Record<string, string | number>>;

/** Samples that a rate leaves out, by reason. */
export interface Excluded {
  readonly reason: string;
  readonly count: number;
}

/** One cell. `value` is raw: a fraction, never a percentage; `null` where it cannot be computed, with the reason in `missing`. */
export interface Cell {
  readonly value: string | number | null;
  readonly hits?: number;
  readonly total?: number;
  readonly excluded?: readonly Excluded[];
  /** 95 % interval. */
  readonly interval?: readonly [number, number];
  readonly missing?: string;
  readonly where: Where;
}

/** The cells of one row by column key. */
export type Row = Readonly<Record<string, Cell>>;

/** A table whose cells know their samples. Printed by `tableHtml`, `tableMarkdown`, `tableLatex`, `tableCsv` and `tableText`. */
export interface TypedTable {
  readonly id: string;
  readonly title: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** What a reader must know: policies, tests, exclusions. */
  readonly notes: readonly string[];
}

const inspect = Symbol.for("nodejs.util.inspect.custom");

/** A typed table that shows itself as aligned text when it is logged. */
export function typedTable(table: TypedTable): TypedTable {
  const value = { ...table };
  return Object.defineProperty(value, inspect, { value: () => tableText(value), enumerable: false });
}

/** A cell of text. */
export function textCell(value: string, where: Where = {}): Cell {
  return { value, where };
}

/** A cell that holds a bare number. */
export function numberCell(value: number, where: Where): Cell {
  return { value, where };
}

/** A cell that cannot be computed: `missing` says why, and which command mends it. */
export function missingCell(missing: string, where: Where): Cell {
  return { value: null, missing, where };
}
