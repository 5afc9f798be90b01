import { scannerName } from "../analysis/names.js";
import type { CweCount, ScannerCweCounts } from "../metric/cweCounts.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import type { Where } from "../table/typedTable.js";
import { countOf, type CweLine, cweLines, lineName } from "./cweLines.js";
import type { Figure, PlotlyFields } from "./figure.js";
import { axisName, frame, type Panel } from "./frame.js";
import { plotlyText } from "./plotlyText.js";
import { baseAxis, type FigureSize, type Theme } from "./theme.js";

type Counts = ScannerCweCounts<ResultRow>;

/** CWE counts of each scanner that looked at any sample, and what is missing. */
export interface CweChart {
  readonly id: string;
  readonly title: string;
  readonly seen: readonly Counts[];
  readonly missing: readonly string[];
  readonly count: "samples" | "findings";
  readonly cwes: "raw" | "families";
  /** Column values that select the samples of a bar. */
  readonly where: (scanner: string, line: CweLine) => Where;
}

/** Draws one panel a scanner, one line a CWE. */
export function drawCweChart(chart: CweChart, size: FigureSize, theme: Theme): Figure {
  const { id, title, seen, missing, count, cwes } = chart;
  const names = cweLines(seen, count);
  // Families have names, which need room: in one column of print that leaves room for one panel a line.
  const [left, most] = cwes === "raw" ? [62, size === "page" ? 4 : 3] : [170, size === "page" ? 3 : 1];
  const columns = Math.min(seen.length, most);
  const what = cwes === "raw" ? "the CWE" : "a CWE of the family";
  const notes = [
    `${count === "samples" ? "Samples with at least one finding that names" : "Findings that name"} ${what}; a finding with several counts under each. n: samples scanned.`,
    ...(cwes === "raw"
      ? []
      : ["A family is a CWE with the more specific ones below it in MITRE’s list 4.14; 326 and 330 stand with 327."]),
    ...seen.map(excludedNote).filter((note) => note !== ""),
  ];
  const shape = frame({
    size,
    theme,
    title,
    panels: seen.length,
    columns,
    panelHeight: Math.max(30, names.length * 15),
    left,
    between: seen.length > columns && columns > 1 ? left : 12,
    headings: seen.map(({ scanner, scanned }) => ({ names: [scannerName(scanner)], details: [`n = ${scanned}`] })),
    above: 8,
    below: 34,
    legendLines: 0,
    footnotes: [...missing.map((reason) => `– ${reason}`), ...notes],
  });
  const longest = Math.max(1, ...seen.flatMap((each) => names.map((name) => countOf(each, name, names, count))));
  return {
    id,
    title,
    data: seen.map((each, at) => bars(chart, each, { names, at, theme })),
    layout: {
      ...shape.layout,
      showlegend: false,
      bargap: 0.25,
      ...axes(chart, shape.panels, { names, most: longest * 1.22, theme }),
      annotations: shape.annotations,
    },
    alt: `${title}. ${seen.map((each) => inWords(each, chart)).join(" ")}`,
    notes: [...missing, ...notes],
  };
}

function bars(
  { count, cwes, where }: CweChart,
  of: Counts,
  { names, at, theme }: { readonly names: readonly CweLine[]; readonly at: number; readonly theme: Theme },
): PlotlyFields {
  const values = names.map((name) => countOf(of, name, names, count));
  return {
    type: "bar",
    orientation: "h",
    name: plotlyText(scannerName(of.scanner)),
    xaxis: axisName("x", at),
    yaxis: axisName("y", at),
    x: values,
    y: names.map((_, i) => i),
    text: values.map(String),
    textposition: "outside",
    textfont: { size: theme.small },
    cliponaxis: false,
    marker: { color: "#5b7fa6", line: { color: theme.ink, width: 0.5 } },
    hovertext: names.map((name, i) =>
      plotlyText(
        `${scannerName(of.scanner)}, ${lineName(name, cwes)}: ${values[i]} ${count} (${of.scanned} samples scanned)`,
      ),
    ),
    hoverinfo: "text",
    customdata: names.map((name) => where(of.scanner, name)),
  };
}

function axes(
  { count, cwes }: CweChart,
  panels: readonly Panel[],
  { names, most, theme }: { readonly names: readonly CweLine[]; readonly most: number; readonly theme: Theme },
): PlotlyFields {
  return Object.fromEntries<unknown>(
    panels.flatMap((panel, at): [string, PlotlyFields][] => [
      [
        axisName("x", at, "axis"),
        {
          ...baseAxis(theme),
          domain: panel.x,
          anchor: axisName("y", at),
          range: [0, most],
          nticks: 4,
          title: { text: count === "samples" ? "Samples" : "Findings", font: { size: theme.small }, standoff: 2 },
        },
      ],
      [
        axisName("y", at, "axis"),
        {
          ...baseAxis(theme),
          domain: panel.y,
          anchor: axisName("x", at),
          range: [names.length - 0.5, -0.5],
          tickvals: names.map((_, i) => i),
          ticktext: names.map((name) => lineName(name, cwes)),
          showticklabels: panel.column === 0,
          showgrid: false,
        },
      ],
    ]),
  );
}

function excludedNote({ scanner, excluded }: Counts): string {
  const reasons = excluded.map((each) => `${each.count} ${each.reason}`).join(", ");
  return excluded.length === 0 ? "" : `${scannerName(scanner)}: left out ${reasons}.`;
}

function inWords({ scanner, scanned, counts }: Counts, { count, cwes }: CweChart): string {
  const [top] = counts.filter((each): each is CweCount<ResultRow> & { cwe: number } => each.cwe !== null);
  const kinds = counts.filter(({ cwe }) => cwe !== null).length;
  const most = top === undefined ? "none" : `most often ${lineName(top.cwe, cwes)} (${top[count]})`;
  return `${scannerName(scanner)} on ${scanned} samples: ${kinds} ${cwes === "raw" ? "CWEs" : "families"}, ${most}.`;
}
