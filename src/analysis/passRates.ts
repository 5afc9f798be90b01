import { countReasons, type Exclusion } from "../metric/rate.js";
import { type ScoreOptions, unitScorer } from "../metric/scoreUnits.js";
import type { Need } from "../metric/exclusionReason.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import { type Cell, missingCell } from "../table/typedTable.js";
import { meanInterval } from "./meanInterval.js";
import type { Measure } from "./measure.js";
import { shareInterval } from "./shareInterval.js";

/** The tasks of a configuration that every rate at one k counts. */
export interface TasksAtK {
  readonly k: number;
  readonly counted: readonly (readonly ResultRow[])[];
  /** Tasks that are left out because their first k samples are not all known. */
  readonly excluded: readonly Exclusion[];
  /** Samples of the counted tasks that the unbiased form passes over because they are not known. */
  readonly unknown: readonly Exclusion[];
  /** Why nothing can be told at this k. */
  readonly missing?: string;
}

/**
 * The tasks whose first k samples meet the needs. They have at least k known samples, so that both forms of a rate are defined on them.
 *
 * @param tasks the samples of each task
 * @param measure one whose needs are among `needs`
 */
export function tasksAtK(
  tasks: readonly (readonly ResultRow[])[],
  { metric }: Measure,
  { k, needs }: { readonly k: number; readonly needs: readonly Need[] },
): TasksAtK {
  const short = tasks.filter((task) => task.length < k);
  if (short.length > 0) {
    const name = short.length === 1 ? `task ${short[0]?.[0]?.task} has` : `${short.length} tasks have`;
    const missing = `${name} fewer than ${k} samples among these rows: keep every sample of a task, also those that are not known`;
    return { k, counted: [], excluded: [], unknown: [], missing };
  }
  const counted: (readonly ResultRow[])[] = [];
  const [reasons, unknown]: [string[], string[]] = [[], []];
  const [first, unbiased] = [
    unitScorer<ResultRow>(metric, { k, needs }),
    unitScorer<ResultRow>(metric, { k, needs, estimator: "unbiased" }),
  ];
  for (const task of tasks) {
    const scored = first(task);
    if (typeof scored === "string") {
      reasons.push(scored);
      continue;
    }
    counted.push(task);
    const all = unbiased(task);
    if (typeof all !== "string") unknown.push(...all.unknown);
  }
  return { k, counted, excluded: countReasons(reasons), unknown: countReasons(unknown) };
}

/** What a line shows of one rate at one k. */
export type PassRates = Readonly<Record<"n" | "first" | "unbiased" | "difference", Cell>>;

/** A rate in both forms over the same tasks, so that their difference is what the order of the samples does. */
export function passRates(
  { k, counted, excluded, missing }: TasksAtK,
  measure: Measure,
  { needs, where }: { readonly needs: readonly Need[]; readonly where: Cell["where"] },
): PassRates {
  if (missing !== undefined) return noPassRates(missing, where);
  const total = counted.length;
  const planned = total + excluded.reduce((sum, { count }) => sum + count, 0);
  const n: Cell = { value: total, total: planned, excluded, where };
  if (total === 0) return { ...noPassRates(noTask, where), n };
  const scores = (options: ScoreOptions) => {
    const score = unitScorer<ResultRow>(measure.metric, { k, needs, ...options });
    return counted.map((task) => score(task)).flatMap((unit) => (typeof unit === "string" ? [] : [unit.value]));
  };
  const [inOrder, ofAll] = [scores({}), scores({ estimator: "unbiased" })];
  const [hits, sum] = [sumOf(inOrder), sumOf(ofAll)];
  const first: Cell = measure.binary
    ? { value: hits / total, hits, total, excluded, interval: shareInterval(hits, total), where }
    : { value: hits / total, total, excluded, interval: meanInterval(inOrder), where };
  // Its samples that are not known stand in the table's notes: what a cell leaves out is tasks.
  const unbiased: Cell = { value: sum / total, total, excluded, interval: meanInterval(ofAll), where };
  return { n, first, unbiased, difference: { value: (sum - hits) / total, total, excluded, where } };
}

/** The same where it cannot be told. */
export function noPassRates(reason: string, where: Cell["where"]): PassRates {
  const none = missingCell(reason, where);
  return { n: none, first: none, unbiased: none, difference: none };
}

/** Why a rate has no task to count. */
export const noTask = "no task has k samples with all the verdicts that its rates share";

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
