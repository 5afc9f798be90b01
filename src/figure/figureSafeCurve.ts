import { steepFunctionality } from "../metric/steepFunctionality.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import { drawnFigure, type Figure, type FigureOptions, type PlotlyFields } from "./figure.js";
import { frame } from "./frame.js";
import { linesOfEntries } from "./legendLines.js";
import { baseAxis, type FigureSize, type Theme } from "./theme.js";

/** What the curve of SAFE can be asked. */
export interface SafeCurveOptions extends FigureOptions {
  /** Steepness of each curve; unless told 0, the plain share, and 1, equation 1. */
  readonly steepness?: readonly number[];
}

/**
 * What a secure sample counts for in SAFE by the share of its test cases that pass: one curve for each steepness, and the secure samples
 * of the rows on equation 1 as circles with area by their number. Insecure samples count 0 and are not drawn.
 *
 * @throws InputError for a steepness outside 0 … 50.
 * @example figureSafeCurve(rows, { steepness: [0, 1, 3] })
 */
export function figureSafeCurve(rows: readonly ResultRow[], options: SafeCurveOptions = {}): Figure {
  const { steepness = [0, 1], width } = options;
  return drawnFigure((size, theme) => draw(rows, steepness, { size, theme }), width);
}

const title = "What a secure sample counts for in SAFE";

function draw(
  rows: readonly ResultRow[],
  steepness: readonly number[],
  { size, theme }: { readonly size: FigureSize; readonly theme: Theme },
): Figure {
  const counts = samplesByShare(rows);
  const total = [...counts.values()].reduce((sum, n) => sum + n, 0);
  const notes = [
    "Steepness a: (e^(a·share) − 1)/(e^a − 1); equation 1 has a = 1, the plain share a = 0.",
    total === 0
      ? "No secure sample has been executed: no circles."
      : `Circles: the ${total} secure samples that were executed, area by number. Insecure samples count 0.`,
  ];
  const legendEntry = 7 * theme.small;
  const shape = frame({
    ...{ size, theme, title, panels: 1, columns: 1, panelHeight: 220, left: 44, between: 0, above: 6, below: 40 },
    legendLines: linesOfEntries(steepness.length + (total === 0 ? 0 : 1), legendEntry, theme.width[size]),
    legendEntry,
    footnotes: notes,
  });
  const ticks = { tickvals: [0, 0.25, 0.5, 0.75, 1], ticktext: ["0", ".25", ".50", ".75", "1"], range: [-0.03, 1.04] };
  const axis = (text: string) => ({
    ...baseAxis(theme),
    ...ticks,
    title: { text, font: { size: theme.small }, standoff: 4 },
  });
  return {
    id: "figureSafeCurve",
    title,
    data: [...steepness.map((a, at) => curve(a, at, theme)), ...(total === 0 ? [] : [circles(counts, total, theme)])],
    layout: {
      ...shape.layout,
      // A line's swatch begins further left than a bar's and would be cut off where the other legends stand.
      legend: { ...(shape.layout["legend"] as PlotlyFields), indentation: -4 },
      hovermode: "closest",
      showlegend: true,
      xaxis: { ...axis("Share of test cases passed"), domain: shape.panels[0]?.x },
      yaxis: { ...axis("Value in SAFE"), domain: shape.panels[0]?.y },
      annotations: [...shape.annotations],
    },
    alt: `${title}. ${steepness.map((a) => `Steepness ${a}: half the cases give ${steepFunctionality(0.5, a).toFixed(3)}.`).join(" ")}`,
    notes,
  };
}

/** Number of secure samples with a verdict of their tests, by the share of cases that they pass. */
function samplesByShare(rows: readonly ResultRow[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const { secure, casePass } of rows) {
    if (secure === "secure" && casePass !== null) counts.set(casePass, (counts.get(casePass) ?? 0) + 1);
  }
  return new Map([...counts].sort(([a], [b]) => a - b));
}

const dashes = ["dot", "solid", "dash", "dashdot", "longdash"];

function curve(a: number, at: number, theme: Theme): PlotlyFields {
  const shares = Array.from({ length: 51 }, (_, i) => i / 50);
  return {
    type: "scatter",
    mode: "lines",
    name: a === 0 ? "plain share" : `a = ${a}`,
    x: shares,
    y: shares.map((share) => steepFunctionality(share, a)),
    line: { color: theme.palette[at % theme.palette.length]?.color, dash: dashes[at % dashes.length], width: 2 },
    hovertemplate: "%{x:.2f} of the cases: %{y:.3f}<extra></extra>",
  };
}

function circles(counts: ReadonlyMap<number, number>, total: number, theme: Theme): PlotlyFields {
  const shares = [...counts.keys()];
  return {
    type: "scatter",
    mode: "markers",
    name: "samples",
    x: shares,
    y: shares.map((share) => steepFunctionality(share, 1)),
    cliponaxis: false,
    marker: {
      color: theme.faint,
      opacity: 0.6,
      line: { color: theme.ink, width: 0.75 },
      size: [...counts.values()].map((n) => 6 + 24 * Math.sqrt(n / total)),
    },
    hovertext: [...counts].map(([share, n]) => `${n} secure samples pass ${share.toFixed(3)} of their cases`),
    hoverinfo: "text",
    customdata: shares.map((casePass) => ({ secure: "secure", casePass })),
  };
}
