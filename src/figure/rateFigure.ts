import { moreDatasets } from "../analysis/advice.js";
import { type ConfigurationRates, configurationRates, outsiderNotes } from "../analysis/configurationRates.js";
import { type Measure, measureName, measuresOf } from "../analysis/measure.js";
import { promptName, scannerName, scannerShort } from "../analysis/names.js";
import { exclusionNotes, securityNotes, unionAloneNotes } from "../analysis/policyNotes.js";
import { type StudyView, studyView } from "../analysis/studyView.js";
import { groupRows } from "../metric/groupRows.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import { countRange } from "./countRange.js";
import { drawBarChart } from "./barChart.js";
import type { BarChart, BarGroup, BarPanel } from "./barChartData.js";
import { drawnFigure, type Figure, type FigureOptions } from "./figure.js";
import { emptyFigure } from "./emptyFigure.js";

/** Which rates a figure shows of which data set of the study, counted from 0. */
export interface RateFigure {
  readonly id: string;
  readonly dataset: number;
  /** The figure's name, before the data set's. */
  readonly title: string;
  /** Which of Table 5's measures, by the scanners of the run. */
  readonly keys: (scanners: readonly string[]) => readonly string[];
  /** Keys left of the dashed line. */
  readonly before: (scanners: readonly string[]) => number;
}

/** A figure of rates: one panel a model, one bar a method. The numbers are Table 5's, denominators included. */
export function rateFigure(rows: readonly ResultRow[], request: RateFigure, options: FigureOptions): Figure {
  const view = studyView(rows);
  const dataset = view.datasets[request.dataset];
  if (dataset === undefined)
    return drawnFigure((size, theme) => emptyFigure(request, whyNoDataset(view, request), size, theme), options.width);
  const measures = measuresOf(view.scanners);
  const rates = configurationRates(view, measures).filter((each) => each.configuration.dataset === dataset);
  const keys = request.keys(view.scanners);
  const panels = groupRows(
    rates.map((each) => ({ ...each, model: each.configuration.model, prompt: each.configuration.prompt })),
    ["model", "prompt"],
  ).map((group) => panelOf(view, group));
  const chart: BarChart = {
    id: request.id,
    title: `${request.title} on ${dataset}`,
    study: view.study,
    methods: view.methods.filter((method) => rates.some(({ configuration }) => configuration.method === method)),
    groups: keys.map((key) =>
      groupOf(
        measures.find((measure) => measure.key === key),
        key,
      ),
    ),
    before: request.before(view.scanners),
    panels,
    notes: [
      ...legendOfScanners(keys),
      ...securityNotes(view),
      ...exclusionNotes(rates.map(({ excluded }) => excluded)),
      ...outsiderNotes(view, rates),
      ...unionAloneNotes(rates.map(({ configuration }) => configuration)),
      ...view.notes,
    ],
  };
  return drawnFigure((size, theme) => drawBarChart(chart, size, theme), options.width);
}

function panelOf(view: StudyView, group: readonly ConfigurationRates[]): BarPanel {
  const { model, prompt } = (group[0] as ConfigurationRates).configuration;
  return {
    name: view.prompts.length > 1 ? `${model}, ${promptName(prompt)}` : model,
    n: countRange(group.map(({ n }) => Number(n.value))),
    cells: new Map(group.map(({ configuration, cells }) => [configuration.method, cells])),
  };
}

function groupOf(measure: Measure | undefined, key: string): BarGroup {
  const scanner = /^secure_(.+)$/.exec(key)?.[1];
  const name = measure === undefined ? key : measureName(measure);
  return { key, name, short: scanner === undefined ? (measure?.label ?? key) : scannerShort(scanner) };
}

/** What the abbreviations under the bars mean. */
function legendOfScanners(keys: readonly string[]): string[] {
  const scanners = keys.flatMap((key) => /^secure_(.+)$/.exec(key)?.[1] ?? []);
  const short = scanners.filter((scanner) => scannerShort(scanner) !== scannerName(scanner));
  const parts = [
    ...(scanners.length === 0
      ? []
      : [`Secure@1: ${short.map((each) => `${scannerShort(each)} ${scannerName(each)}`).join(", ") || "by scanner"}`]),
    ...(keys.includes("casePass") ? ["Pass@1: by case and by task"] : []),
    "Lines: 95 % intervals",
  ];
  return [`${parts.join(". ")}.`];
}

function whyNoDataset(view: StudyView, { dataset }: RateFigure): string {
  const held = `${view.datasets.length} data ${view.datasets.length === 1 ? "set" : "sets"} (${view.datasets.join(", ")})`;
  return `The rows hold ${held}; this figure shows number ${dataset + 1}: ${moreDatasets(view)}.`;
}
