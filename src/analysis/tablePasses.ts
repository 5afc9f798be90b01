import { groupRows } from "../metric/groupRows.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import { type Cell, missingCell, type Row, textCell, type TypedTable, typedTable } from "../table/typedTable.js";
import { type ConfigurationRates, configurationRates, isOutsider } from "./configurationRates.js";
import { exclusionsByK } from "./exclusionsByK.js";
import { type Measure, measureName, measuresOf } from "./measure.js";
import { type Denominator, denominatorOf, noPassRates, noTask, passRates, type TasksAtK } from "./passRates.js";
import { scannerName } from "./names.js";
import { securityNotes } from "./policyNotes.js";
import { stubCells, stubColumns } from "./stubColumns.js";
import { type Configuration, type StudyView, studyView } from "./studyView.js";

/**
 * Every rate at k = 1 … K, K the samples of a task: the paper's form, which looks at the first k samples in order, beside the unbiased
 * estimator, which averages over all choices of k of them (Chen et al. 2021) and so does not hang on the order. Secure@k, Pass@k and
 * Secure-Pass@k count a task by the best of its k samples and grow with k; SAFE@k is a mean of k and does not.
 *
 * All rates of a configuration at one k, in both forms, share their tasks: those whose first k samples have every verdict that the
 * configuration has any of; a scanner beside the union has its own. What is left out is told for each k. With one sample a task both forms are one, and the table shows k = 1 and
 * says so. Where the rows hold fewer than k samples of some task, the lines of that k are empty and say why.
 *
 * @throws InputError for no rows, or a sample that stands twice.
 */
export function tablePasses(rows: readonly ResultRow[]): TypedTable {
  const view = studyView(rows);
  const most = new Set(rows.map(({ index }) => index)).size;
  const measures = measuresOf(view.scanners);
  const lines =
    most === 1
      ? configurationRates(view, measures).map((rates) => linesOfOne(rates, measures))
      : view.configurations.map((configuration) =>
          linesOf(view, configuration, measures, samplesOf(rows, configuration)),
        );
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
      "First k: the first k samples in order, as in the paper. Unbiased: the mean over all choices of k of a task's known samples. Both over the same tasks, so that the difference is what the order does. Intervals: 95 %, over tasks (Wilson’s; of means at the effective sample size).",
      ...securityNotes(view),
      ...leftOutNotes(lines.flatMap(({ left }) => left)),
      ...view.scanners.flatMap((scanner) =>
        leftOutNotes(lines.flatMap(({ beside }) => beside.get(`secure_${scanner}`) ?? [])).map(
          (note) => `${scannerName(scanner)}, beside the union, has tasks of its own. ${note}`,
        ),
      ),
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
  /** What each k leaves out: whole tasks, and single samples of counted ones that the unbiased form passes over. */
  readonly left: readonly LeftOut[];
  /** The same of scanners beside the union, by the key of their measure. */
  readonly beside: ReadonlyMap<string, readonly LeftOut[]>;
}

type LeftOut = Pick<TasksAtK, "k" | "excluded" | "unknown">;

/** One sample a task: there is one choice of it, and the rates are Table 5's. */
function linesOfOne({ configuration, n, cells, excluded }: ConfigurationRates, measures: readonly Measure[]): Lines {
  const { where, rows } = configuration;
  const union = rows[0]?.facts.study.union ?? [];
  return {
    cells: measures.map((measure) => {
      const rate = cells[measure.key] ?? missingCell(noTask, where);
      const difference = rate.missing === undefined ? { value: 0, where } : missingCell(rate.missing, where);
      const own = rate.total === undefined ? n : { ...n, value: rate.total, excluded: rate.excluded ?? [] };
      return { ...names(configuration, measure, 1, where), n: own, first: rate, unbiased: rate, difference };
    }),
    left: [{ k: 1, excluded, unknown: [] }],
    beside: new Map(
      measures
        .filter((measure) => isOutsider(measure, union))
        .map(({ key }) => [key, [{ k: 1, excluded: cells[key]?.excluded ?? [], unknown: [] }]]),
    ),
  };
}

function names(configuration: Configuration, measure: Measure, k: number, where: Cell["where"]): Row {
  return {
    ...stubCells(configuration),
    measure: textCell(measureName(measure).replaceAll("@1", "@k"), where),
    k: { value: k, where },
  };
}

function linesOf(
  view: StudyView,
  configuration: Configuration,
  measures: readonly Measure[],
  samples: readonly ResultRow[],
): Lines {
  const tasks = groupRows(samples, ["task"]);
  const ks = Array.from({ length: Math.max(...tasks.map((task) => task.length)) }, (_, i) => i + 1);
  const { union } = view.study;
  const shared = denominatorOf(
    measures.filter((measure) => !isOutsider(measure, union)),
    tasks,
    ks,
  );
  const columns = Object.entries(configuration.where).filter(([column]) => column !== "index");
  const where: Cell["where"] = Object.fromEntries(columns);
  const beside = new Map<string, Denominator>(
    measures
      .filter((measure) => isOutsider(measure, union))
      .map((measure) => [measure.key, denominatorOf([measure], tasks, ks)]),
  );
  const rowsOf = (measure: Measure): Row[] => {
    const { needs, absent, left } = beside.get(measure.key) ?? shared;
    const reason = absent(measure);
    return ks.map((k) => {
      const counted = left.find((each) => each.k === k);
      const rates =
        reason === undefined && counted !== undefined
          ? passRates(counted, measure, { needs, where })
          : noPassRates(reason ?? noTask, where);
      return { ...names(configuration, measure, k, where), ...rates };
    });
  };
  return {
    cells: measures.flatMap(rowsOf),
    left: shared.left,
    beside: new Map([...beside].map(([key, { left }]) => [key, left])),
  };
}

/** Which tasks and samples the rates leave out, by k; nothing where all are known. */
function leftOutNotes(left: Lines["left"]): string[] {
  const unknown = exclusionsByK(left.map((each) => ({ k: each.k, excluded: each.unknown })));
  const tasks = exclusionsByK(left);
  return [
    ...(tasks === "" ? [] : [`Left out of the denominators, tasks whose first k samples are not all known: ${tasks}.`]),
    ...(unknown === ""
      ? []
      : [
          `Unbiased estimates pass over samples of counted tasks that are not known: ${unknown}. They are unbiased where being unknown says nothing of a verdict.`,
        ]),
  ];
}
