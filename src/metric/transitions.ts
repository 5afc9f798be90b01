import { exclusionReason, type Need } from "./exclusionReason.js";
import type { MetricRow } from "./metricRow.js";
import { type PairColumn, pairColumns, pairRows, type RowPair } from "./pairRows.js";
import { countReasons, type Exclusion, type Rate, rate } from "./rate.js";

/** What a sample is: secure by the union or not, functional (every case passed) or not. */
export const sampleStates = [
  "secure+functional",
  "secure+nonfunctional",
  "insecure+functional",
  "insecure+nonfunctional",
] as const;
export type SampleState = (typeof sampleStates)[number];

/** A conditional rate that knows its samples. */
export interface TransitionRate<R extends MetricRow = MetricRow> extends Rate {
  /** The pairs behind `hits`. */
  readonly where: readonly RowPair<R>[];
}

/** Where the baseline's samples end up under a method. */
export interface Transitions<R extends MetricRow = MetricRow> {
  /** The pairs of each cell, by the baseline's state, then the method's. */
  readonly matrix: Readonly<Record<SampleState, Readonly<Record<SampleState, readonly RowPair<R>[]>>>>;
  /** Number of pairs in the matrix; with the excluded ones, all samples that either side planned. */
  readonly pairs: number;
  readonly excluded: readonly Exclusion[];
  /** Of insecure+functional: now secure+nonfunctional. */
  readonly insecureFunctionalToSecureNonfunctional: TransitionRate<R>;
  /** Of secure+functional: now secure+nonfunctional. */
  readonly secureFunctionalToSecureNonfunctional: TransitionRate<R>;
  /** Of secure+functional: now insecure+functional. */
  readonly secureFunctionalToInsecureFunctional: TransitionRate<R>;
  /** Of secure: now insecure, whatever the function. */
  readonly secureToInsecure: TransitionRate<R>;
}

/** What must be known of both samples of a pair. */
const needs: readonly Need[] = ["execution", "union"];

/** The state of a countable sample. */
export function sampleState(row: MetricRow): SampleState {
  if (row.secure === "secure") return row.taskPass === true ? "secure+functional" : "secure+nonfunctional";
  return row.taskPass === true ? "insecure+functional" : "insecure+nonfunctional";
}

/**
 * The 4 × 4 transitions from the baseline's samples to a method's, and the four rates of the paper's Table 6.
 *
 * Samples pair on dataset, task, prompt, model, repeat and index. A pair counts where execution and union verdict of both
 * are known. A rate's `excluded` holds the uncountable pairs whose baseline meets the condition or cannot be told, so
 * `total` + excluded is all that could have met it. Rates are NaN where no pair meets the condition.
 *
 * @param base rows of the baseline
 * @param method rows of one method, of the same models
 * @throws InputError where one side has two rows for the same sample.
 */
export function transitions<R extends MetricRow>(base: readonly R[], method: readonly R[]): Transitions<R> {
  return transitionsBy(base, method, pairColumns);
}

/**
 * The noise floor: the transitions of one repeat of the baseline against another repeat of it.
 * What a method does beyond this is more than sampling noise.
 *
 * @param rows rows of one method; other repeats are passed over
 * @example noiseFloor(base, 0, 1).secureToInsecure.value
 */
export function noiseFloor<R extends MetricRow>(rows: readonly R[], repeat: number, against: number): Transitions<R> {
  return transitionsBy(
    rows.filter((row) => row.repeat === repeat),
    rows.filter((row) => row.repeat === against),
    pairColumns.filter((column) => column !== "repeat"),
    [`repeat ${repeat}`, `repeat ${against}`],
  );
}

function transitionsBy<R extends MetricRow>(
  base: readonly R[],
  method: readonly R[],
  columns: readonly PairColumn[],
  [from, to] = ["baseline", "method"],
): Transitions<R> {
  const { pairs, baseOnly, otherOnly } = pairRows(base, method, columns);
  const counted: RowPair<R>[] = [];
  const left: { state: SampleState | undefined; reason: string }[] = [
    ...baseOnly.map((row) => ({ state: stateOrUnknown(row), reason: `${to}: no row` })),
    ...otherOnly.map(() => ({ state: undefined, reason: `${from}: no row` })),
  ];
  for (const pair of pairs) {
    const [before, after] = [exclusionReason(pair.base, needs), exclusionReason(pair.other, needs)];
    if (before !== undefined) left.push({ state: undefined, reason: `${from}: ${before}` });
    else if (after !== undefined) left.push({ state: sampleState(pair.base), reason: `${to}: ${after}` });
    else counted.push(pair);
  }
  const share = (from: readonly SampleState[], to: readonly SampleState[]): TransitionRate<R> => {
    const of = counted.filter((pair) => from.includes(sampleState(pair.base)));
    const where = of.filter((pair) => to.includes(sampleState(pair.other)));
    const open = left.filter(({ state }) => state === undefined || from.includes(state));
    return { ...rate(where.length, of.length, countReasons(open.map(({ reason }) => reason))), where };
  };
  return {
    matrix: matrixOf(counted),
    pairs: counted.length,
    excluded: countReasons(left.map(({ reason }) => reason)),
    insecureFunctionalToSecureNonfunctional: share(["insecure+functional"], ["secure+nonfunctional"]),
    secureFunctionalToSecureNonfunctional: share(["secure+functional"], ["secure+nonfunctional"]),
    secureFunctionalToInsecureFunctional: share(["secure+functional"], ["insecure+functional"]),
    secureToInsecure: share(
      ["secure+functional", "secure+nonfunctional"],
      ["insecure+functional", "insecure+nonfunctional"],
    ),
  };
}

function stateOrUnknown(row: MetricRow): SampleState | undefined {
  return exclusionReason(row, needs) === undefined ? sampleState(row) : undefined;
}

function matrixOf<R extends MetricRow>(pairs: readonly RowPair<R>[]): Transitions<R>["matrix"] {
  const byStates = <V>(value: (state: SampleState) => V) =>
    Object.fromEntries(sampleStates.map((state) => [state, value(state)])) as Record<SampleState, V>;
  const matrix = byStates(() => byStates((): RowPair<R>[] => []));
  for (const pair of pairs) matrix[sampleState(pair.base)][sampleState(pair.other)].push(pair);
  return matrix;
}
