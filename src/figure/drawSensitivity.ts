import { methodName } from "../analysis/names.js";
import { type SensitivityLine, type SensitivityPanel, type Setting, settings } from "../analysis/sensitivity.js";
import { formatRate } from "../table/formatCell.js";
import type { Figure, PlotlyFields } from "./figure.js";
import { axisName, frame, type Panel } from "./frame.js";
import { type NameColumn, nameColumn } from "./nameColumn.js";
import { shadedCells } from "./shadedCells.js";
import { baseAxis, type FigureSize, type Theme } from "./theme.js";

/** The panel of one model, with its name. */
export interface NamedPanel extends SensitivityPanel {
  readonly name: string;
}

/** What the figure shows. */
export interface Sensitivity {
  readonly id: string;
  readonly title: string;
  readonly panels: readonly NamedPanel[];
  readonly notes: readonly string[];
}

/** Pixels between a method's name and its ranks. */
const gap = 10;
/** Pixels above the ranks for the headings of the columns. */
const rise = 13;
/** Share of a panel, right of the ranks, that the range of SAFE@1 takes. */
const roomIn = ({ widthPx }: Panel) => Math.max(0.22, 46 / widthPx);
const policyLetter = { insecure: "I", secure: "S", exclude: "x" } as const;
const severityText = { LOW: "all", MEDIUM: "≥ M", HIGH: "≥ H" } as const;

/** Draws the ranks for a width: a panel a model, a line a method, a column a way to count. */
export function drawSensitivity({ id, title, panels, notes }: Sensitivity, size: FigureSize, theme: Theme): Figure {
  const columns = Math.min(panels.length, size === "page" ? 2 : 1);
  const most = Math.max(...panels.map(({ lines }) => lines.length));
  const methods = panels.flatMap(({ lines }) => lines.map(({ configuration }) => methodName(configuration.method)));
  const names = nameColumn(methods, { least: 74, most: 120, size: theme.small });
  const left = names.width + gap;
  const shape = frame({
    ...{ size, theme, title, columns, left, between: left },
    panels: panels.length,
    panelHeight: most * Math.max(17, 4 + 1.3 * theme.small * names.lines),
    headings: panels.map((panel) => ({ names: [panel.name], details: [summary(panel)] })),
    headingRoom: { left: left - 8, rise },
    above: 6,
    below: 34,
    legendLines: 0,
    footnotes: notes,
  });
  return {
    id,
    title,
    data: panels.map((panel, at) => ranks(panel, at, theme)),
    layout: {
      ...shape.layout,
      showlegend: false,
      barmode: "overlay",
      ...axes(panels, shape.panels, { most, names, theme }),
      annotations: [
        ...shape.annotations,
        ...panels.flatMap((panel, at) => words(panel, at, { place: shape.panels[at], theme })),
      ],
      shapes: panels.map(({ own, lines }, at) => ({
        ...{ type: "rect", xref: axisName("x", at), yref: axisName("y", at) },
        ...{ x0: own - 0.5, x1: own + 0.5, y0: -0.5, y1: lines.length - 0.5 },
        line: { color: theme.ink, width: 1.5, dash: "dot" },
      })),
    },
    alt: `${title} ${notes[0] ?? ""} ${panels.map(({ name, ...panel }) => `${name}: ${summary(panel)}.`).join(" ")}`,
    notes,
  };
}

function ranks({ lines, ranks, own, name }: NamedPanel, at: number, theme: Theme): PlotlyFields {
  const cells = lines.flatMap((line, y) =>
    settings.map((setting, x) => ({
      line,
      setting,
      x,
      y,
      rank: ranks[y]?.[x] ?? 0,
      differs: ranks[y]?.[x] !== ranks[y]?.[own],
    })),
  );
  const shade = ({ rank }: { rank: number }) => (lines.length < 2 ? 0.2 : 0.8 * (1 - (rank - 1) / (lines.length - 1)));
  return {
    ...shadedCells(
      cells.map(({ line, setting, x, y, rank, differs }) => ({
        ...{ x, y, share: shade({ rank }), edge: differs ? 1.5 : 0 },
        text: line.safe[x] === undefined ? "–" : String(rank),
        hover: `${name}, ${methodName(line.configuration.method)}: rank ${rank}, SAFE@1 ${rateText(line.safe[x])}, n = ${line.n[x] ?? 0}; ${inWords(setting)}`,
      })),
      { at, width: 0.9, height: 0.88, theme },
    ),
    customdata: cells.map(({ line }) => line.configuration.where),
  };
}

function axes(
  panels: readonly NamedPanel[],
  places: readonly Panel[],
  { most, names, theme }: { readonly most: number; readonly names: NameColumn; readonly theme: Theme },
): PlotlyFields {
  return Object.fromEntries(
    places.flatMap((place, at): [string, PlotlyFields][] => {
      const lines = panels[at]?.lines ?? [];
      const common = { ...baseAxis(theme), showgrid: false, linewidth: 0, showline: false };
      const right = place.x[1] - (place.x[1] - place.x[0]) * roomIn(place);
      return [
        [
          axisName("x", at, "axis"),
          {
            ...common,
            domain: [place.x[0], right],
            anchor: axisName("y", at),
            range: [-0.6, settings.length - 0.4],
            tickvals: settings.map((_, i) => i),
            ticktext: settings.map(({ unscannable }) => policyLetter[unscannable]),
            tickangle: 0,
          },
        ],
        [
          axisName("y", at, "axis"),
          {
            ...common,
            domain: [place.y[1] - ((place.y[1] - place.y[0]) * lines.length) / most, place.y[1]],
            anchor: axisName("x", at),
            range: [lines.length - 0.5, -0.5],
            tickvals: lines.map((_, i) => i),
            ticktext: lines.map(({ configuration }) => names.textOf(methodName(configuration.method))),
          },
        ],
      ];
    }),
  );
}

/** The headings of the columns, and the range of each line. */
function words(
  panel: NamedPanel,
  at: number,
  { place, theme }: { readonly place: Panel | undefined; readonly theme: Theme },
): PlotlyFields[] {
  if (place === undefined) return [];
  const [xref, yref] = [axisName("x", at), axisName("y", at)];
  const common = { xref, showarrow: false, borderpad: 0, font: { size: theme.small } };
  const above = { ...common, yref: `${yref} domain`, y: 1, yanchor: "bottom" };
  const below = { ...common, yref: `${yref} domain`, y: 0, yanchor: "top", yshift: -14 };
  return [
    { ...above, x: 4, text: "exponential" },
    { ...above, x: 13, text: "linear" },
    { ...above, xref: `${xref} domain`, x: 1.03, xanchor: "left", text: "SAFE@1" },
    ...[0, 1, 2, 3, 4, 5].map((group) => ({
      ...below,
      x: 3 * group + 1,
      text: severityText[settings[3 * group]?.severity ?? "LOW"],
    })),
    ...panel.lines.map((line, y) => ({
      ...common,
      ...{ xref: `${xref} domain`, x: 1.03, xanchor: "left", yref, y, text: safeRange(line) },
    })),
  ];
}

/** The lowest and the highest SAFE@1 of a method over all ways to count: `.19–.50`, or one number where they are equal. */
export function safeRange({ safe }: SensitivityLine): string {
  const known = safe.filter((value) => value !== undefined);
  const [low, high] = [Math.min(...known), Math.max(...known)].map((value) => value.toFixed(2).replace(/^0/, ""));
  return low === high ? `${low}` : `${low}–${high}`;
}

function summary({ agreement, ranks, own }: SensitivityPanel): string {
  if (agreement === undefined) return "one method, no order";
  const flips = agreement.filter(({ discordant }) => discordant > 0);
  const parted = settings.filter((_, at) => ranks.some((line) => line[at] !== line[own])).length;
  if (flips.length === 0 && parted > 0)
    return `no pair changes places; ties differ in ${parted} of ${settings.length - 1}`;
  if (flips.length === 0) return `holds in all ${settings.length - 1} other ways to count`;
  const worst = Math.max(...flips.map(({ discordant }) => discordant));
  const least = Math.min(...flips.map(({ tau }) => tau));
  return `changes in ${flips.length} of ${settings.length - 1}: up to ${worst} of ${flips[0]?.pairs ?? 0} pairs, τ ≥ ${rateText(least)}`;
}

function inWords({ form, severity, unscannable }: Setting): string {
  const findings = severity === "LOW" ? "all findings" : `findings from ${severity}`;
  return `${form}, ${findings}, code that does not parse: ${unscannable}`;
}

function rateText(value: number | undefined): string {
  return value === undefined ? "–" : formatRate(value).replace("0.", ".");
}
