import type { Need } from "../metric/exclusionReason.js";
import type { Exclusion } from "../metric/rate.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import { type Cell, missingCell } from "../table/typedTable.js";
import { evidenceOf } from "./evidence.js";
import { memory } from "./memory.js";
import { meanInterval } from "./meanInterval.js";
import type { Measure } from "./measure.js";
import { shareInterval } from "./shareInterval.js";
import type { Configuration, StudyView } from "./studyView.js";

/** A configuration with a cell for each measure. */
export interface ConfigurationRates {
  readonly configuration: Configuration;
  /** Samples that every rate of the configuration counts. */
  readonly n: Cell;
  readonly excluded: readonly Exclusion[];
  /** By the measure's key. */
  readonly cells: Readonly<Record<string, Cell>>;
}

/**
 * The rates of every configuration of a run, all rates of one over one denominator. Intervals are Wilson's for shares of samples, and
 * `meanInterval` for means of scores. What is known of no sample is a missing cell.
 */
export function configurationRates(view: StudyView, measures: readonly Measure[]): ConfigurationRates[] {
  return ratesOfView(view, JSON.stringify(measures.map(({ key }) => key)), () => {
    const needs = [...new Set(measures.flatMap((measure) => measure.needs))];
    return view.configurations.map((configuration) => ratesOf(configuration, measures, needs));
  });
}

const ratesOfView = memory<ConfigurationRates[]>();

/** The rates of one configuration, or of a part of its samples. */
export function ratesOf(
  configuration: Configuration,
  measures: readonly Measure[],
  needs: readonly Need[] = [...new Set(measures.flatMap((measure) => measure.needs))],
): ConfigurationRates {
  const { where } = configuration;
  const { counted, excluded, missing } = evidenceOf(configuration, needs);
  const cellFor = (measure: Measure): Cell => {
    const reason = measure.needs.map((need) => missing.get(need)).find((each) => each !== undefined);
    if (reason !== undefined) return missingCell(reason, where);
    if (counted.length === 0)
      return missingCell("no sample has all the verdicts that the rates of this row share", where);
    return rateCell(counted, measure, excluded, where);
  };
  return {
    configuration,
    n: { value: counted.length, total: configuration.rows.length, excluded, where },
    excluded,
    cells: Object.fromEntries(measures.map((measure) => [measure.key, cellFor(measure)])),
  };
}

function rateCell(
  rows: readonly ResultRow[],
  measure: Measure,
  excluded: readonly Exclusion[],
  where: Cell["where"],
): Cell {
  const scores = rows.map(measure.metric.score);
  const total = scores.length;
  const hits = scores.reduce((sum, score) => sum + score, 0);
  const interval = measure.binary ? shareInterval(hits, total) : meanInterval(scores);
  return { value: hits / total, ...(measure.binary ? { hits } : {}), total, excluded, interval, where };
}
