import { groupRows } from "../metric/groupRows.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import {
  type Cell,
  type Column,
  missingCell,
  numberCell,
  textCell,
  type TypedTable,
  typedTable,
} from "../table/typedTable.js";
import { promptName } from "./names.js";
import { studyView } from "./studyView.js";

/**
 * Table 2: the data sets of the run. Tasks, kinds of prompts, test cases in all and a task on average, and how many tasks carry a
 * CWE label.
 *
 * @throws InputError for no rows.
 */
export function table2(rows: readonly ResultRow[]): TypedTable {
  const view = studyView(rows);
  const planned = view.configurations.flatMap((configuration) => configuration.rows);
  const columns: Column[] = [
    { key: "dataset", label: "Data set", kind: "text" },
    { key: "tasks", label: "Tasks", kind: "count" },
    { key: "prompts", label: "Prompts", kind: "text" },
    { key: "cases", label: "Test cases", kind: "count" },
    { key: "meanCases", label: "Cases a task", kind: "number" },
    { key: "labelled", label: "With a CWE label", kind: "percent" },
    { key: "cwes", label: "Different CWEs", kind: "count" },
  ];
  return typedTable({
    id: "table2",
    title: "Data sets",
    columns,
    rows: view.datasets.map((dataset) =>
      datasetCells(
        dataset,
        planned.filter((row) => row.dataset === dataset),
      ),
    ),
    notes: ["Tasks that this run asked, not all that the data sets hold.", ...view.notes],
  });
}

function datasetCells(dataset: string, rows: readonly ResultRow[]): Record<string, Cell> {
  const where = { dataset };
  const tasks = groupRows(rows, ["task"]).map((group) => group[0] as ResultRow);
  const known = tasks.flatMap(({ facts, task }) => facts.cases.get(JSON.stringify([dataset, task])) ?? []);
  const cases = known.reduce((sum, count) => sum + count, 0);
  const labelled = tasks.filter(({ cwe }) => cwe !== "").length;
  const unknown = "the number of test cases is not in tasks.jsonl: run `safelab plan RUN`";
  const complete = tasks.length > 0 && known.length === tasks.length;
  return {
    dataset: textCell(dataset, where),
    tasks: numberCell(tasks.length, where),
    prompts: textCell([...new Set(rows.map(({ prompt }) => promptName(prompt)))].sort().reverse().join(", "), where),
    cases: complete ? numberCell(cases, where) : missingCell(unknown, where),
    meanCases: complete ? { value: cases / tasks.length, total: tasks.length, where } : missingCell(unknown, where),
    labelled:
      tasks.length === 0
        ? missingCell("the rows hold no task of this data set", where)
        : { value: labelled / tasks.length, hits: labelled, total: tasks.length, where },
    cwes: numberCell(new Set(tasks.flatMap(({ cwe }) => cwe.split(" ").filter((each) => each !== ""))).size, where),
  };
}
