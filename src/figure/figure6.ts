import { configurationRates, outsiderNotes } from "../analysis/configurationRates.js";
import { judgeCell } from "../analysis/judgeCell.js";
import { scannerMeasure, secureMeasure } from "../analysis/measure.js";
import { promptName, scannerName, scannerShort } from "../analysis/names.js";
import { exclusionNotes, securityNotes } from "../analysis/policyNotes.js";
import { type StudyView, studyView } from "../analysis/studyView.js";
import { InputError } from "../error.js";
import { groupRows } from "../metric/groupRows.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import type { Cell } from "../table/typedTable.js";
import { countRange } from "./countRange.js";
import { drawBarChart } from "./barChart.js";
import type { BarChart, BarPanel } from "./barChartData.js";
import { drawnFigure, type Figure, type FigureOptions } from "./figure.js";

/** What Figure 6 can be asked. */
export interface JudgeFigureOptions extends FigureOptions {
  /** The model to show; unless told the first of the study that a judge looked at, else the first. */
  readonly model?: string;
}

/**
 * Figure 6: Secure@1 of one model by each scanner and by their union, then by each judge behind a dashed line; one panel a data set.
 * Scanners share one denominator; a judge has its own, the samples that it called secure or insecure.
 *
 * @throws InputError for no rows, or a model that they do not hold.
 */
export function figure6(rows: readonly ResultRow[], options: JudgeFigureOptions = {}): Figure {
  const view = studyView(rows);
  const model = options.model ?? judgedModel(view, rows);
  if (!view.models.includes(model)) {
    throw new InputError(`no result rows of model "${model}"; they hold ${view.models.join(", ")}`);
  }
  const measures = [...view.scanners.map(scannerMeasure), secureMeasure];
  const rates = configurationRates(view, measures).filter(({ configuration }) => configuration.model === model);
  const lines = rates.map(({ configuration, cells }) => ({
    ...configuration,
    cells: {
      ...cells,
      ...Object.fromEntries(view.judges.map((judge) => [`judge_${judge}`, judgeCell(configuration, judge)])),
    },
  }));
  const chart: BarChart = {
    id: "figure6",
    title: `Security of ${model} by scanners and judges`,
    study: view.study,
    methods: view.methods.filter((method) => lines.some((line) => line.method === method)),
    groups: [
      ...view.scanners.map((each) => ({
        key: `secure_${each}`,
        short: scannerShort(each),
        name: `Secure@1 (${scannerName(each)})`,
      })),
      { key: "secure", short: "Union", name: "Secure@1 (union)" },
      ...view.judges.map((judge) => ({ key: `judge_${judge}`, short: judge, name: `Secure@1 (judge ${judge})` })),
    ],
    before: view.judges.length === 0 ? 0 : view.scanners.length + 1,
    panels: groupRows(lines, ["dataset", "prompt"]).map((group) => panelOf(view, group)),
    notes: [
      `${view.scanners.map((each) => `${scannerShort(each)} ${scannerName(each)}`).join(", ")}. Lines: 95 % intervals.`,
      view.judges.length === 0
        ? "No judgements in this run: scanners alone are shown; name a judge in `judges` in run.json and run `safelab judge RUN`."
        : "Judges: share called secure of the samples called secure or insecure.",
      ...securityNotes(view),
      ...exclusionNotes(rates.map(({ excluded }) => excluded)),
      ...outsiderNotes(view, rates),
      ...judgeNotes(view, lines),
      ...view.notes,
    ],
  };
  return drawnFigure((size, theme) => drawBarChart(chart, size, theme), options.width);
}

/** What the bars of each judge leave out. */
function judgeNotes({ judges }: StudyView, lines: readonly { cells: Readonly<Record<string, Cell>> }[]): string[] {
  return judges.flatMap((judge) =>
    exclusionNotes(lines.map(({ cells }) => cells[`judge_${judge}`]?.excluded ?? [])).map(
      (note) => `Judge ${judge}: ${note.charAt(0).toLowerCase()}${note.slice(1)}`,
    ),
  );
}

function judgedModel({ judges, models }: StudyView, rows: readonly ResultRow[]): string {
  const judged = new Set(
    rows.filter((row) => judges.some((judge) => row[`judge_${judge}`] !== "notJudged")).map((row) => row.model),
  );
  return models.find((model) => judged.has(model)) ?? models[0] ?? "";
}

function panelOf(
  view: StudyView,
  group: readonly { dataset: string; prompt: "nl" | "ct"; method: string; cells: Readonly<Record<string, Cell>> }[],
): BarPanel {
  const { dataset, prompt } = group[0] as (typeof group)[number];
  // Of the bars alone: where the union is unknown there are bars of scanners all the same, and a judge counts by itself.
  const keys = [
    ...view.scanners.map((each) => `secure_${each}`),
    "secure",
    ...view.judges.map((each) => `judge_${each}`),
  ];
  const bars = group.flatMap(({ cells }) => keys.flatMap((key) => cells[key] ?? []));
  const counts = bars.flatMap(({ value, total }) => (typeof value === "number" ? (total ?? []) : []));
  return {
    name: view.prompts.length > 1 ? `${dataset}, ${promptName(prompt)}` : dataset,
    n: countRange(counts),
    cells: new Map(group.map(({ method, cells }) => [method, cells])),
  };
}
