import type { Need } from "../metric/exclusionReason.js";
import type { Exclusion } from "../metric/rate.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import { type Cell, missingCell } from "../table/typedTable.js";
import { evidenceOf } from "./evidence.js";
import { memory } from "./memory.js";
import { meanInterval } from "./meanInterval.js";
import type { Measure } from "./measure.js";
import { scannerName } from "./names.js";
import { exclusionNotes } from "./policyNotes.js";
import { shareInterval } from "./shareInterval.js";
import type { Configuration, StudyView } from "./studyView.js";

/** A configuration with a cell for each measure. */
export interface ConfigurationRates {
  readonly configuration: Configuration;
  /** Samples that every rate of the configuration counts, but those of scanners beside the union. */
  readonly n: Cell;
  readonly excluded: readonly Exclusion[];
  /** By the measure's key. */
  readonly cells: Readonly<Record<string, Cell>>;
}

/**
 * The rates of every configuration of a run, all rates of one over one denominator, but those of scanners beside the union, which have
 * their own. Intervals are Wilson's for shares of samples, and `meanInterval` for means of scores. What is known of no sample is a
 * missing cell.
 */
export function configurationRates(view: StudyView, measures: readonly Measure[]): ConfigurationRates[] {
  return ratesOfView(view, JSON.stringify(measures.map(({ key }) => key)), () => {
    return view.configurations.map((configuration) => ratesOf(configuration, measures));
  });
}

const ratesOfView = memory<ConfigurationRates[]>();

function needsOf(measures: readonly Measure[]): Need[] {
  return [...new Set(measures.flatMap(({ needs }) => needs))];
}

/** Whether a measure is one of a scanner beside the union: what it did not scan says nothing of the other rates. */
export function isOutsider({ needs }: Measure, union: readonly string[]): boolean {
  return needs.every((need) => need.startsWith("scan_") && !union.includes(need.slice("scan_".length)));
}

/** Of how many samples the rate of each scanner beside the union is, and what it leaves out, where it is not of all. */
export function outsiderNotes({ study, scanners }: StudyView, rates: readonly ConfigurationRates[]): string[] {
  return scanners
    .filter((scanner) => !study.union.includes(scanner))
    .flatMap((scanner) => {
      const own = rates.flatMap(({ cells }) => cells[`secure_${scanner}`] ?? []);
      const [left] = exclusionNotes(own.map(({ excluded = [] }) => excluded));
      const totals = own.flatMap(({ total }) => total ?? []);
      if (left === undefined || totals.length === 0) return [];
      const [least, most] = [Math.min(...totals), Math.max(...totals)];
      const n = least === most ? least : `${least}–${most}`;
      return [`${scannerName(scanner)} is beside the union and has an n of its own, ${n}. ${left}`];
    });
}

/** The rates of one configuration, or of a part of its samples. */
export function ratesOf(configuration: Configuration, measures: readonly Measure[]): ConfigurationRates {
  const { where } = configuration;
  const union = configuration.rows[0]?.facts.study.union ?? [];
  const isOwn = (measure: Measure) => isOutsider(measure, union);
  const shared = evidenceOf(configuration, needsOf(measures.filter((measure) => !isOwn(measure))));
  const cellFor = (measure: Measure): Cell => {
    const { counted, excluded, missing } = isOwn(measure) ? evidenceOf(configuration, measure.needs) : shared;
    const reason = measure.needs.map((need) => missing.get(need)).find((each) => each !== undefined);
    if (reason !== undefined) return missingCell(reason, where);
    if (counted.length === 0)
      return missingCell("no sample has all the verdicts that the rates of this row share", where);
    return rateCell(counted, measure, excluded, where);
  };
  const { counted, excluded } = shared;
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
