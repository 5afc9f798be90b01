import type { ResultRow } from "../record/schema/resultRow.js";
import { StopReason } from "../record/schema/sample.js";
import { type Cell, type Row, textCell, type TypedTable, typedTable } from "../table/typedTable.js";
import { elsewhere } from "./advice.js";
import { type ConfigurationRates, ratesOf } from "./configurationRates.js";
import { paperMeasures } from "./measure.js";
import { exclusionNotes, securityNotes } from "./policyNotes.js";
import { partColumns, partCells, shareCell } from "./partColumns.js";
import { type Configuration, studyView } from "./studyView.js";
import { lastRound } from "./traces.js";

const stopNames: Readonly<Record<StopReason, string>> = {
  clean: "its scanner found nothing",
  limit: "rounds used up",
  unparseable: "code cannot be scanned",
  callFailed: "a call failed",
};

/**
 * PromSec, and any method that scans its own code and asks again, by the round after which it stopped and by why it stopped: the share of
 * its samples, how many are clean by its own scanner so far, and the rates of Table 4 on them. Round 0 is the first generation.
 *
 * Such a method records on its sample `stop` (a `StopReason`) and, on every call whose code it scans, `scan` (a `RoundScan`). Where no
 * sample of a run does, the configurations are shown as wholes, and the table says so.
 *
 * @throws InputError for no rows.
 */
export function tablePromsec(rows: readonly ResultRow[]): TypedTable {
  const view = studyView(rows);
  const looped = view.configurations.filter((each) => each.rows.some(({ trace }) => trace?.stop !== undefined));
  const lines =
    looped.length === 0
      ? view.configurations.map((whole) => lineOf(whole, whole, "", "All samples"))
      : looped.flatMap(linesOf);
  return typedTable({
    id: "tablePromsec",
    title: "Methods that scan and ask again, by stop reason and round",
    columns: partColumns(view, [
      { key: "by", label: "By", kind: "text" },
      { key: "part", label: "Stopped", kind: "text" },
      { key: "share", label: "Samples", kind: "percent" },
      { key: "clean", label: "Clean so far", kind: "percent" },
    ]),
    rows: lines.map(({ row }) => row),
    notes: [
      ...(looped.length === 0
        ? [
            `No sample records rounds: only methods that scan their own code and ask again, such as PromSec, do${elsewhere(view, "methods")}. Shown instead: each configuration as a whole.`,
          ]
        : [
            "Round 0 is the first generation. Samples: share of the configuration's samples that stopped so. Clean so far: share of its samples on which the method's own scanner was silent when it stopped, in this round or before. Rates: of the samples of the line, by the study's scanners.",
          ]),
      ...securityNotes(view),
      ...exclusionNotes(lines.flatMap(({ part, rates }) => (part === "All samples" ? [rates.excluded] : []))),
      ...view.notes,
    ],
  });
}

interface Line {
  readonly part: string;
  readonly row: Row;
  readonly rates: ConfigurationRates;
}

function linesOf(whole: Configuration): Line[] {
  const part = (where: Cell["where"], of: (row: ResultRow) => boolean): Configuration => ({
    ...whole,
    rows: whole.rows.filter(of),
    where: { ...whole.where, ...where },
  });
  const reasons = StopReason.options.filter((reason) => whole.rows.some(({ trace }) => trace?.stop === reason));
  const last = Math.max(...whole.rows.map(({ trace }) => lastRound(trace) ?? 0));
  const rounds = Array.from({ length: last + 1 }, (_, round) => round);
  const unrecorded = part({}, ({ trace }) => trace?.stop === undefined);
  return [
    lineOf(whole, whole, "", "All samples"),
    ...reasons.map((stop) =>
      lineOf(
        whole,
        part({ stop }, ({ trace }) => trace?.stop === stop),
        "Reason",
        stopNames[stop],
      ),
    ),
    ...(unrecorded.rows.length === 0 ? [] : [lineOf(whole, unrecorded, "Reason", "not recorded")]),
    ...rounds.map((round) =>
      lineOf(
        whole,
        part({ round }, ({ trace }) => lastRound(trace) === round),
        "Round",
        `after round ${round}`,
        round,
      ),
    ),
  ];
}

/** One line. `until` counts as clean what stopped by then; without it, what stopped at any time in this part. */
function lineOf(whole: Configuration, part: Configuration, by: string, name: string, until?: number): Line {
  const of = until === undefined ? part : whole;
  const clean = of.rows.filter(
    ({ trace }) => trace?.stop === "clean" && (until === undefined || (lastRound(trace) ?? 0) <= until),
  );
  const recorded = of.rows.some(({ trace }) => trace?.stop !== undefined);
  const rates = ratesOf(part, paperMeasures);
  return {
    part: name,
    rates,
    row: {
      ...partCells(rates),
      by: textCell(by, part.where),
      part: textCell(name, part.where),
      share: shareCell(part.rows.length, whole.rows.length, part.where, "no sample is planned"),
      clean: recorded
        ? shareCell(clean.length, of.rows.length, part.where, "no sample stopped so")
        : { value: null, missing: "no sample records rounds", where: part.where },
    },
  };
}
