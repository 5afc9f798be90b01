import { groupRows } from "../metric/groupRows.js";
import { type ScoredUnit, unitScorer } from "../metric/scoreUnits.js";
import { countReasons, type Exclusion } from "../metric/rate.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import { type Cell, missingCell, type Row, textCell, type TypedTable, typedTable } from "../table/typedTable.js";
import { type ConfigurationRates, configurationRates } from "./configurationRates.js";
import { evidenceOf } from "./evidence.js";
import { meanInterval } from "./meanInterval.js";
import { type Measure, measureName, measuresOf } from "./measure.js";
import { exclusionNotes, securityNotes } from "./policyNotes.js";
import { shareInterval } from "./shareInterval.js";
import { stubCells, stubColumns } from "./stubColumns.js";
import { type Configuration, studyView } from "./studyView.js";

/**
 * Every rate at k = 1 … K, K the samples of a task: the paper's form, which looks at the first k samples in order, beside the unbiased
 * estimator, which averages over all choices of k of them (Chen et al. 2021) and so does not hang on the order. Secure@k, Pass@k and
 * Secure-Pass@k count a task by the best of its k samples and grow with k; SAFE@k is a mean of k and does not.
 *
 * All rates of a configuration share their tasks. With one sample a task both forms are one, and the table shows k = 1 and says so.
 *
 * @throws InputError for no rows, or tasks of one configuration with different numbers of samples.
 */
export function tablePasses(rows: readonly ResultRow[]): TypedTable {
  const view = studyView(rows);
  const most = new Set(rows.map(({ index }) => index)).size;
  const measures = measuresOf(view.scanners);
  const lines =
    most === 1
      ? configurationRates(view, measures).map((rates) => linesOfOne(rates, measures))
      : view.configurations.map((configuration) => linesOf(configuration, measures, samplesOf(rows, configuration)));
  return typedTable({
    id: "tablePasses",
    title: most === 1 ? "Every rate at k = 1" : `Every rate at k = 1 … ${most}`,
    columns: [
      ...stubColumns(view),
      { key: "measure", label: "Rate", kind: "text" },
      { key: "k", label: "k", kind: "count" },
      { key: "n", label: "Tasks", kind: "count" },
      { key: "first", label: "First k (paper)", kind: "rate" },
      { key: "unbiased", label: "Unbiased", kind: "rate" },
      { key: "difference", label: "Unbiased − first", kind: "difference" },
    ],
    rows: lines.flatMap(({ cells }) => cells),
    notes: [
      ...(most === 1
        ? [
            "One sample a task: there is no k above 1 to show, and both forms are the same. Set `k` in run.json to ask for more.",
          ]
        : []),
      "First k: the first k samples in order, as in the paper. Unbiased: the mean over all choices of k of a task's samples. Intervals: 95 %, over tasks (Wilson’s; of means at the effective sample size).",
      ...securityNotes(view),
      ...exclusionNotes(lines.map(({ excluded }) => excluded)),
      ...view.notes.filter((note) => !note.includes("k = 1")),
    ],
  });
}

/** All samples of a configuration: those of its repeat, whatever their index. */
function samplesOf(rows: readonly ResultRow[], configuration: Configuration): readonly ResultRow[] {
  const { dataset, prompt, model, method, where } = configuration;
  return rows.filter(
    (row) =>
      row.dataset === dataset &&
      row.prompt === prompt &&
      row.model === model &&
      row.method === method &&
      row.repeat === where["repeat"],
  );
}

interface Lines {
  readonly cells: readonly Row[];
  readonly excluded: readonly Exclusion[];
}

/** One sample a task: there is one choice of it, and the rates are Table 5's. */
function linesOfOne({ configuration, n, cells, excluded }: ConfigurationRates, measures: readonly Measure[]): Lines {
  const { where } = configuration;
  return {
    cells: measures.map((measure) => {
      const rate = cells[measure.key] ?? missingCell(noTask, where);
      const difference = rate.missing === undefined ? { value: 0, where } : missingCell(rate.missing, where);
      return { ...names(configuration, measure, 1, where), n, first: rate, unbiased: rate, difference };
    }),
    excluded,
  };
}

function names(configuration: Configuration, measure: Measure, k: number, where: Cell["where"]): Row {
  return {
    ...stubCells(configuration),
    measure: textCell(measureName(measure).replaceAll("@1", "@k"), where),
    k: { value: k, where },
  };
}

function linesOf(configuration: Configuration, measures: readonly Measure[], samples: readonly ResultRow[]): Lines {
  const needs = [...new Set(measures.flatMap((measure) => measure.needs))];
  const { missing } = evidenceOf({ rows: samples }, needs);
  const met = needs.filter((need) => !missing.has(need));
  const tasks = groupRows(samples, ["task"]);
  const most = Math.max(...tasks.map((task) => task.length));
  const columns = Object.entries(configuration.where).filter(([column]) => column !== "index");
  const where: Cell["where"] = Object.fromEntries(columns);
  const ks = Array.from({ length: most }, (_, i) => i + 1);
  const scored = (measure: Measure, k: number, estimator: "firstK" | "unbiased") => {
    const score = unitScorer<ResultRow>(measure.metric, { k, needs: met, estimator });
    return tasks.map(score);
  };
  const rowOf = (measure: Measure, k: number): Row => {
    const named = names(configuration, measure, k, where);
    const absent = measure.needs.map((need) => missing.get(need)).find((reason) => reason !== undefined);
    if (absent !== undefined) {
      const keys = ["n", "first", "unbiased", "difference"];
      return { ...named, ...Object.fromEntries(keys.map((key) => [key, missingCell(absent, where)])) };
    }
    const first = rateCell(scored(measure, k, "firstK"), measure, where);
    const unbiased = rateCell(scored(measure, k, "unbiased"), { binary: false }, where);
    const difference =
      typeof first.value === "number" && typeof unbiased.value === "number"
        ? { value: unbiased.value - first.value, where }
        : missingCell(noTask, where);
    const counted = { value: first.total ?? 0, total: tasks.length, excluded: first.excluded ?? [], where };
    return { ...named, n: counted, first, unbiased, difference };
  };
  const cells = measures.flatMap((measure) => ks.map((k) => rowOf(measure, k)));
  return { cells, excluded: cells.find(({ n }) => n?.excluded !== undefined)?.["n"]?.excluded ?? [] };
}

const noTask = "no task has k samples with all the verdicts that its rates share";

function rateCell(
  units: readonly (ScoredUnit | string)[],
  { binary }: Pick<Measure, "binary">,
  where: Cell["where"],
): Cell {
  const excluded = countReasons(units.filter((unit) => typeof unit === "string"));
  const scores = units.flatMap((unit) => (typeof unit === "string" ? [] : [unit.value]));
  if (scores.length === 0) return { ...missingCell(noTask, where), total: 0, excluded };
  const [total, hits] = [scores.length, scores.reduce((sum, score) => sum + score, 0)];
  const interval = binary ? shareInterval(hits, total) : meanInterval(scores);
  return { value: hits / total, ...(binary ? { hits } : {}), total, excluded, interval, where };
}
