import type { Cell, ColumnKind } from "./typedTable.js";

/** What stands in place of a value that cannot be computed. */
export const dash = "–";

const minus = "\u2212";

/** A fraction with three digits: `0.751`. */
export function formatRate(value: number): string {
  return withMinus(value.toFixed(3));
}

/** A fraction as a percentage without its sign, two digits: `18.81`. */
export function formatPercent(value: number): string {
  return withMinus((100 * value).toFixed(2));
}

/** A signed number with three digits: `+0.172`, `−0.044`; zero has no sign. */
export function formatSigned(value: number): string {
  const text = withMinus(value.toFixed(3));
  return text.startsWith(minus) || Number(text) === 0 ? text : `+${text}`;
}

/** A p value with three digits and no leading zero: `.042`, `< .001`, `> .999`; never zero, never one unless it is one. */
export function formatP(value: number): string {
  if (value < 0.001) return "< .001";
  if (value > 1 - 1e-9) return "1";
  return value > 0.999 ? "> .999" : value.toFixed(3).replace(/^0/, "");
}

/** A whole number with thin groups of three from 10,000 on: `1140`, `65,548`. */
export function formatCount(value: number): string {
  const text = String(value);
  return Math.abs(value) < 10_000 ? text : text.replace(/\B(?=(\d{3})+$)/g, ",");
}

/** The printed value of a cell under its column's kind. All rounding for the eye happens here. */
export function formatCell(cell: Cell, kind: ColumnKind): string {
  if (cell.value === null) return dash;
  if (typeof cell.value === "string") return cell.value;
  return formatNumber(cell.value, kind);
}

function formatNumber(value: number, kind: ColumnKind): string {
  switch (kind) {
    case "rate":
      return formatRate(value);
    case "percent":
      return formatPercent(value);
    case "difference":
    case "effect":
      return formatSigned(value);
    case "p":
      return formatP(value);
    case "count":
      return formatCount(value);
    case "number":
      return withMinus(value.toFixed(2));
    case "text":
      return String(value);
  }
}

/** `hits/total` of a cell, or `n = total`; empty text where it has none. */
export function formatCounts(cell: Cell): string {
  return cell.total === undefined ? "" : `${cell.hits === undefined ? "n = " : `${cell.hits}/`}${cell.total}`;
}

/** The same in brackets, as it stands behind a percentage; empty text beside a missing value. */
export function bracketedCounts(cell: Cell): string {
  const counts = cell.value === null ? "" : formatCounts(cell);
  return counts === "" ? "" : `(${counts})`;
}

/** The 95 % interval of a cell in its column's kind, or empty text where it has none: `[.702, .796]` for fractions, `[0.29, 8.86]` for percentages. */
export function formatInterval(cell: Cell, kind: ColumnKind): string {
  if (cell.interval === undefined) return "";
  const short = (text: string) => (kind === "percent" ? text : text.replace(/^([+\u2212]?)0\./, "$1."));
  const [low, high] = cell.interval.map((end) => short(formatNumber(end, kind)));
  return `[${low}, ${high}]`;
}

/** All that stands behind a cell in one sentence, for hover texts. */
export function describeCell(cell: Cell, kind: ColumnKind): string {
  if (cell.missing !== undefined) return cell.missing;
  const interval = formatInterval(cell, kind);
  const excluded = (cell.excluded ?? []).map(({ reason, count }) => `${count} left out (${reason})`);
  return [formatCounts(cell), interval && `95 % interval ${interval}`, ...excluded]
    .filter((part) => part !== "")
    .join("; ");
}

function withMinus(text: string): string {
  if (Number(text) === 0) return text.replace("-", "");
  return text.replace("-", minus);
}
