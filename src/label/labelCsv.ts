import { csvFormat, csvParse } from "d3-dsv";
import type { Label } from "../record/schema/label.js";

/** The columns of labels as CSV; lists are joined by spaces. */
export const labelColumns = [
  "dataset",
  "task",
  "prompt",
  "model",
  "method",
  "repeat",
  "index",
  "annotator",
  "role",
  "question",
  "value",
  "cwe",
  "lines",
  "note",
  "seconds",
] as const satisfies readonly (keyof Label)[];

/** Labels as CSV text with a header line; an answer that was taken back has no value. */
export function labelCsv(labels: readonly Label[]): string {
  const rows = labels.map((label) =>
    Object.fromEntries(
      labelColumns.map((column) => {
        const value = label[column];
        return [column, Array.isArray(value) ? value.join(" ") : (value ?? "")];
      }),
    ),
  );
  return `${csvFormat(rows, [...labelColumns])}\n`;
}

/** CSV text as raw records, for the schema to check; columns that are absent stay so. */
export function parseLabelCsv(text: string): unknown[] {
  const numbers = (list: string) => list.split(/[\s;]+/).flatMap((part) => (part === "" ? [] : [Number(part)]));
  return csvParse(text).map((row) => {
    const { repeat, index, value, cwe, lines, seconds, ...rest } = row as Record<string, string | undefined>;
    return {
      schemaVersion: 1,
      role: "annotator",
      ...rest,
      repeat: Number(repeat ?? "0"),
      index: Number(index ?? "0"),
      value: value === undefined || value === "" ? null : value,
      cwe: numbers(cwe ?? ""),
      lines: numbers(lines ?? ""),
      seconds: seconds === undefined || seconds === "" ? null : Number(seconds),
    };
  });
}
