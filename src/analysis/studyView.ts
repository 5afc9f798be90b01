import { InputError } from "../error.js";
import { groupRows } from "../metric/groupRows.js";
import { requireColumns } from "../metric/requireColumns.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import type { PromptKind } from "../record/schema/sample.js";
import type { Study } from "../record/schema/study.js";
import type { Where } from "../table/typedTable.js";
import { memory } from "./memory.js";
import { scannerOrder } from "./names.js";

/** One model under one method on one data set with one kind of prompt: a bar, a line of a table. */
export interface Configuration {
  readonly dataset: string;
  readonly prompt: PromptKind;
  readonly model: string;
  readonly method: string;
  /** One row a task. */
  readonly rows: readonly ResultRow[];
  readonly where: Where;
}

/** What the tables and figures of a run look at. */
export interface StudyView {
  readonly study: Study;
  readonly baseline: string;
  /** The rows of all configurations, in the order of the run. */
  readonly rows: readonly ResultRow[];
  /** In the study's order: data set, model, prompt, method; the baseline is first of its methods. */
  readonly configurations: readonly Configuration[];
  readonly datasets: readonly string[];
  readonly models: readonly string[];
  readonly methods: readonly string[];
  readonly prompts: readonly PromptKind[];
  /** The union's scanners and all others that the rows have a column of. */
  readonly scanners: readonly string[];
  readonly judges: readonly string[];
  /** What every table must say about its rows. */
  readonly notes: readonly string[];
}

/**
 * The configurations of a run, each with one sample a task.
 *
 * All tables and figures look at the run in the same way: prompt kinds are never pooled (a task asked in two ways is not two
 * tasks), the first of several repeats counts (the others measure stability), and of several samples a task the first.
 * The same array of rows gives the same view, so that a dozen tables and figures group it once: filter rows, do not edit them in place.
 *
 * @param baseline the method to compare with where it is not the study's own
 * @throws InputError for no rows, or rows of several runs.
 */
export function studyView(rows: readonly ResultRow[], baseline?: string): StudyView {
  if (!Array.isArray(rows))
    throw new InputError(
      "tables and figures are made of an array of result rows: give them the `rows` of openRun, filtered as in " +
        "`rows.filter((row) => row.model === NAME)`; a table or frame leaves out what they need",
    );
  return viewOf(rows, JSON.stringify([rows.length, baseline ?? null]), () => newView(rows, baseline));
}

const viewOf = memory<StudyView>();

function newView(rows: readonly ResultRow[], baseline: string | undefined): StudyView {
  const first = rows[0];
  if (first === undefined) {
    throw new InputError("there are no result rows to look at: open a run that has a plan, or widen the filter");
  }
  requireColumns(rows, "tables");
  if (rows.some((row) => row.facts !== first.facts)) {
    throw new InputError("the result rows come from several runs: make the tables of each run by itself");
  }
  const { study } = first.facts;
  const against = baseline ?? study.baseline;
  if (baseline !== undefined && ![...study.methods, study.baseline].includes(baseline)) {
    const known = study.methods.join(", ");
    throw new InputError(`the study has no method "${baseline}" to compare with: its methods are ${known}`);
  }
  const repeat = rows.reduce((least, row) => Math.min(least, row.repeat), Infinity);
  const index = rows.reduce((least, row) => Math.min(least, row.index), Infinity);
  const counted = rows.filter((row) => row.repeat === repeat && row.index === index);
  const orders = {
    dataset: inOrder(
      rows,
      "dataset",
      study.datasets.map(({ name }) => name),
    ),
    model: inOrder(
      rows,
      "model",
      study.models.map(({ name }) => name),
    ),
    prompt: inOrder(rows, "prompt", ["nl", "ct"]),
    method: inOrder(rows, "method", [against, ...study.methods]),
  };
  const columns = ["dataset", "model", "prompt", "method"] as const;
  const configurations = groupRows(counted, columns)
    .map(configurationOf)
    .sort((a, b) => {
      const column = columns.find((each) => a[each] !== b[each]) ?? "method";
      return orders[column].indexOf(a[column]) - orders[column].indexOf(b[column]);
    });
  return {
    study,
    baseline: against,
    rows: counted,
    configurations,
    datasets: orders.dataset,
    models: orders.model,
    methods: orders.method,
    prompts: orders.prompt as PromptKind[],
    scanners: scannerOrder([...study.union, ...columnsOf(first, "scan_")]),
    judges: columnsOf(first, "judge_"),
    notes: notesOf(rows, repeat, index),
  };
}

function configurationOf(rows: readonly ResultRow[]): Configuration {
  const { dataset, prompt, model, method, repeat, index } = rows[0] as ResultRow;
  if (new Set(rows.map((row) => row.task)).size !== rows.length) {
    throw new InputError(`result rows of ${model}, ${method} on ${dataset} stand twice: hand in each row once`);
  }
  return { dataset, prompt, model, method, rows, where: { dataset, prompt, model, method, repeat, index } };
}

/** The values of a column in the study's order; those that the study does not name follow as they come. */
function inOrder(
  rows: readonly ResultRow[],
  column: "dataset" | "model" | "prompt" | "method",
  order: readonly string[],
) {
  const present = new Set<string>(rows.map((row) => row[column]));
  return [...new Set([...order, ...present])].filter((value) => present.has(value));
}

function columnsOf(row: ResultRow, prefix: "scan_" | "judge_"): string[] {
  return Object.keys(row)
    .filter((key) => key.startsWith(prefix))
    .map((key) => key.slice(prefix.length));
}

function notesOf(rows: readonly ResultRow[], repeat: number, index: number): string[] {
  const { study } = (rows[0] as ResultRow).facts;
  const notes = [];
  if (rows.some((row) => row.repeat !== repeat))
    notes.push(`Repeat ${repeat} of ${study.repeats}; the others measure stability.`);
  else if (repeat > 0) notes.push(`Repeat ${repeat} alone, counted from 0.`);
  if (rows.some((row) => row.index !== index)) notes.push("Of several samples a task the first counts (k = 1).");
  else if (index > 0) notes.push(`Sample ${index} of each task alone, counted from 0.`);
  if (study.provenance !== undefined) notes.push(`Verdicts: ${study.provenance}.`);
  return notes;
}
