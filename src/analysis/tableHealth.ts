import { numberCell, textCell, type TypedTable, typedTable } from "../table/typedTable.js";

/** What of a check the table shows. */
export interface HealthLine {
  readonly check: string;
  readonly what: string;
  readonly total: number;
  readonly tasks: readonly string[];
}

/** Ids that a line names. */
const shown = 3;

/**
 * The health of a data set: how many of its tasks each check finds something wrong with, and the first of them. A check that none of the tasks has anything
 * for (no other names, no calls) is a note and no row.
 *
 * @param notes what was counted, and where to find more
 */
export function tableHealth(dataset: string, checks: readonly HealthLine[], notes: readonly string[] = []): TypedTable {
  const made = checks.filter(({ total }) => total > 0);
  const idle = checks.filter(({ total }) => total === 0).map(({ check }) => check);
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
    rows: made.map(({ check, what, total, tasks }) => ({
      check: textCell(check, {}),
      tasks: numberCell(tasks.length, {}),
      total: numberCell(total, {}),
      what: textCell(what, {}),
      first: textCell(tasks.slice(0, shown).join(", ") + (tasks.length > shown ? ", …" : ""), {}),
    })),
    notes: [
      "A task can be wrong in several ways.",
      ...(idle.length === 0 ? [] : [`Not looked at, since no task here has anything of the kind: ${idle.join(", ")}.`]),
      ...notes,
    ],
  });
}
