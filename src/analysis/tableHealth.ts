import { numberCell, textCell, type TypedTable, typedTable } from "../table/typedTable.js";

/** What of a check the table shows. */
export interface HealthLine {
  readonly check: string;
  readonly what: string;
  readonly total: number;
  readonly tasks: readonly string[];
}

/**
 * The health of a data set: how many of its tasks each check finds something wrong with, and the first of them.
 *
 * @param shown ids named a line
 */
export function tableHealth(dataset: string, checks: readonly HealthLine[], shown = 3): TypedTable {
  return typedTable({
    id: "tableHealth",
    title: `Health of ${dataset}`,
    columns: [
      { key: "check", label: "Check", kind: "text" },
      { key: "tasks", label: "Tasks", kind: "count" },
      { key: "total", label: "Of", kind: "count" },
      { key: "what", label: "What is wrong", kind: "text" },
      { key: "first", label: "For example", kind: "text" },
    ],
    rows: checks.map(({ check, what, total, tasks }) => ({
      check: textCell(check, {}),
      tasks: numberCell(tasks.length, {}),
      total: numberCell(total, {}),
      what: textCell(what, {}),
      first: textCell(tasks.slice(0, shown).join(", ") + (tasks.length > shown ? ", …" : ""), {}),
    })),
    notes: ["A task can be wrong in several ways. All ids are in the JSON output."],
  });
}
