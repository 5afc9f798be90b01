import { InputError } from "../error.js";

/** Columns that metrics read, and those that tables and figures read beside them, by the verb that makes what is in them. */
const metricColumns = new Map([
  ...["dataset", "prompt", "model", "method", "repeat", "index", "task"].map((column) => [column, "plan"] as const),
  ["sampleStatus", "generate"],
  ...["execution", "casePass", "taskPass"].map((column) => [column, "execute"] as const),
  ["secure", "scan"],
]);
const tableColumns = new Map([
  ...metricColumns,
  ...[["cwe", "plan"] as const, ["code", "generate"] as const, ["findings", "scan"] as const],
  ["labels", "label serve"],
]);

/**
 * Rows that lack a column would count as failed or insecure, without a word.
 *
 * @param use what the rows are for: metrics read fewer columns
 * @throws InputError for the first row without one of the columns: which, and how rows come to have it.
 */
export function requireColumns(rows: readonly object[], use: "metrics" | "tables"): void {
  const verbs = use === "metrics" ? metricColumns : tableColumns;
  const columns = [...verbs.keys()];
  rows.forEach((row, at) => {
    for (const column of columns) {
      if ((row as Readonly<Record<string, unknown>>)[column] !== undefined) continue;
      if (use === "tables" && !("facts" in row))
        throw new InputError(
          `no column ${column} in the results: rows of table() and frame() leave out what tables and figures need. Give them ` +
            "the `rows` of openRun, filtered as in `rows.filter((row) => row.model === NAME)`",
        );
      throw new InputError(
        `no column ${column} in the results (row ${at + 1} of ${rows.length}): keep all columns when you change rows, or take them ` +
          `from openRun again; \`safelab ${verbs.get(column) ?? ""} RUN\` makes what is in it`,
      );
    }
  });
}
