import { inspect } from "node:util";
import { escapeHtml } from "../table/escapeHtml.js";
import { tableCss } from "../table/tableCss.js";
import type { PlainRows } from "./plainRows.js";

const longest = 120;

function words(value: unknown): string {
  if (value === null || value === undefined) return "–";
  if (typeof value === "number") return String(Number.isInteger(value) ? value : Number(value.toPrecision(6)));
  return typeof value === "string" ? value : inspect(value, { breakLength: Infinity });
}

function short(value: unknown): string {
  const line = words(value).replace(/\s+/g, " ");
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}

const isNumeric = ({ rows }: PlainRows, column: number) =>
  rows.every((row) => ["number", "bigint", "undefined"].includes(typeof (row[column] ?? undefined)));

const remark = ({ rows, total }: PlainRows) =>
  rows.length === total ? `${total} ${total === 1 ? "row" : "rows"}` : `the first ${rows.length} of ${total} rows`;

/** Rows as an HTML table in the manner of the typed tables; values longer than 120 characters are cut. */
export function plainRowsHtml(plain: PlainRows): string {
  const className = plain.columns.map((_, column) => (isNumeric(plain, column) ? "" : ' class="text"'));
  const head = plain.columns.map((name, column) => `<th scope="col"${className[column]}>${escapeHtml(name)}</th>`);
  const body = plain.rows.map(
    (row) =>
      `<tr>${row.map((value, column) => `<td${className[column]}>${escapeHtml(short(value))}</td>`).join("")}</tr>`,
  );
  return [
    `<style>${tableCss}</style>`,
    `<div class="safelab-table"><table><thead><tr>${head.join("")}</tr></thead>`,
    `<tbody>${body.join("\n")}</tbody></table><ul><li>${remark(plain)}</li></ul></div>`,
  ].join("\n");
}

/** Rows as aligned text. */
export function plainRowsText(plain: PlainRows): string {
  const lines = [plain.columns, ...plain.rows].map((row) => row.map(short));
  const widths = plain.columns.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const aligned = lines.map((line) =>
    line
      .map((text, column) =>
        isNumeric(plain, column) ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0),
      )
      .join("  ")
      .trimEnd(),
  );
  return [...aligned, `(${remark(plain)})`].join("\n");
}
