import { groupRows } from "../metric/groupRows.js";
import { looseSampleLines } from "../record/looseSamples.js";
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
import { type Configuration, studyView } from "./studyView.js";

/**
 * Table 2: the data sets of the run. Tasks, kinds of prompts, test cases in all and a task on average, and how many tasks carry a
 * CWE label. Where a builder made test cases it also says how many were generated, struck, edited and kept in their review. Its notes say
 * which recorded samples the run does not ask for.
 *
 * @throws InputError for no rows.
 */
export function table2(rows: readonly ResultRow[]): TypedTable {
  const view = studyView(rows);
  const tasks = groupRows(view.rows, ["dataset", "task"]).map((group) => group[0] as ResultRow);
  const built = tasks.some(({ facts, dataset, task }) => facts.built.has(JSON.stringify([dataset, task])));
  const columns: Column[] = [
    { key: "dataset", label: "Data set", kind: "text" },
    { key: "tasks", label: "Tasks", kind: "count" },
    { key: "prompts", label: "Prompts", kind: "text" },
    { key: "cases", label: "Test cases", kind: "count" },
    { key: "meanCases", label: "Cases a task", kind: "number" },
    ...(built ? builtColumns : []),
    { key: "labelled", label: "With a CWE label", kind: "percent" },
    { key: "cwes", label: "Different CWEs", kind: "count" },
  ];
  return typedTable({
    id: "table2",
    title: "Data sets",
    columns,
    rows: view.datasets.map((dataset) =>
      datasetCells(
        view.configurations.filter((configuration) => configuration.dataset === dataset),
        tasks.filter((task) => task.dataset === dataset),
        built,
      ),
    ),
    notes: [
      "Tasks that this run asked, not all that the data sets hold.",
      ...looseSampleLines(rows[0]?.facts.looseSamples ?? []),
      ...(built
        ? [
            "Of the test cases that a model proposed and the reference accepted: struck and edited by a person, and kept.",
          ]
        : []),
      ...view.notes,
    ],
  });
}

const builtColumns: readonly Column[] = [
  { key: "generated", label: "Generated", kind: "count" },
  { key: "struck", label: "Struck", kind: "count" },
  { key: "edited", label: "Edited", kind: "count" },
  { key: "kept", label: "Kept", kind: "count" },
];

/** The counts of the review over the tasks that have any. */
function builtCells(dataset: string, tasks: readonly ResultRow[]): Record<string, Cell> {
  const where = { dataset };
  const own = tasks.flatMap(({ facts, task }) => facts.built.get(JSON.stringify([dataset, task])) ?? []);
  const cellOf = (key: "generated" | "struck" | "edited" | "kept") =>
    own.length === 0
      ? missingCell("no test case of this data set was generated here", where)
      : numberCell(
          own.reduce((sum, counts) => sum + counts[key], 0),
          where,
        );
  return {
    generated: cellOf("generated"),
    struck: cellOf("struck"),
    edited: cellOf("edited"),
    kept: cellOf("kept"),
  };
}

function datasetCells(
  configurations: readonly Configuration[],
  tasks: readonly ResultRow[],
  built: boolean,
): Record<string, Cell> {
  const dataset = configurations[0]?.dataset ?? "";
  const where = { dataset };
  const known = tasks.flatMap(({ facts, task }) => facts.cases.get(JSON.stringify([dataset, task])) ?? []);
  const cases = known.reduce((sum, count) => sum + count, 0);
  const labelled = tasks.filter(({ cwe }) => cwe !== "").length;
  const unknown = "the number of test cases is not in tasks.jsonl: run `safelab plan RUN`";
  const complete = tasks.length > 0 && known.length === tasks.length;
  return {
    dataset: textCell(dataset, where),
    tasks: numberCell(tasks.length, where),
    prompts: textCell(
      [...new Set(configurations.map(({ prompt }) => promptName(prompt)))].sort().reverse().join(", "),
      where,
    ),
    cases: complete ? numberCell(cases, where) : missingCell(unknown, where),
    meanCases: complete ? { value: cases / tasks.length, total: tasks.length, where } : missingCell(unknown, where),
    ...(built ? builtCells(dataset, tasks) : {}),
    labelled:
      tasks.length === 0
        ? missingCell("the rows hold no task of this data set", where)
        : { value: labelled / tasks.length, hits: labelled, total: tasks.length, where },
    cwes: numberCell(new Set(tasks.flatMap(({ cwe }) => cwe.split(" ").filter((each) => each !== ""))).size, where),
  };
}
