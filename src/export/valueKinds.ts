import type { TypedTable } from "../table/typedTable.js";
import type { PlotlyFigure } from "./figureSize.js";

const has = (value: unknown, ...names: readonly string[]): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && names.every((name) => name in value);

/** Whether a value has what a Plotly figure needs. */
export const isFigure = (value: unknown): value is PlotlyFigure =>
  has(value, "data", "layout") && Array.isArray(value["data"]) && has(value["layout"]);

/** Whether a value is a typed table. */
export const isTypedTable = (value: unknown): value is TypedTable =>
  has(value, "id", "title", "columns", "rows", "notes") &&
  Array.isArray(value["columns"]) &&
  Array.isArray(value["rows"]);

/** Whether a value is a promise, which somebody forgot to await. */
const isPromise = (value: unknown): boolean => has(value, "then") && typeof value["then"] === "function";

/** What a value is, for the end of a message that asked for another: `undefined`, `an array of 3`, `a promise: await it first`. */
export function kindOf(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (isPromise(value)) return "a promise: await it first";
  if (isFigure(value)) return "a figure";
  if (isTypedTable(value)) return "a typed table";
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === "object") return `an object with ${Object.keys(value).slice(0, 5).join(", ") || "no fields"}`;
  return typeof value === "string" ? `the text ${JSON.stringify(value.slice(0, 40))}` : `a ${typeof value}`;
}
