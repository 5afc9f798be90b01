import type { CodePanel, DrawnLine } from "./codePanel.js";
import type { Figure, PlotlyFields } from "./figure.js";
import { axisName, frame, type Panel } from "./frame.js";
import { plotlyText } from "./plotlyText.js";
import type { FigureSize, Theme } from "./theme.js";

/** Code to draw, one block beside the other. */
export interface CodeChart {
  readonly id: string;
  readonly title: string;
  readonly panels: readonly CodePanel[];
  readonly notes: readonly string[];
  readonly alt: string;
}

/** Shares of its size that a line of code is high and a letter wide. */
const [lineHeight, letterWidth] = [1.4, 0.605];
/** Letters left of the code: the line's number and its sign. */
const gutter = 6;
const between = 10;
const edge = 8;

/** Removed lines are darker than added ones in print without colour, too. */
const fills = { flagged: "#fbe3c0", removed: "#f0d0d6", added: "#e2eefa", filler: "#f6f6f6" } as const;
const flag = "#b34700";
/** Of the bar before a flagged line, in pixels. */
const flagWidth = 3;

/** Letters of code that fit a line of one of `columns` blocks. */
export function codeRoom(size: FigureSize, columns: number, theme: Theme): number {
  const width = (theme.width[size] - 2 * edge - (columns - 1) * between) / columns;
  return Math.floor(width / (letterWidth * theme.small)) - gutter;
}

/** Draws blocks of code side by side. Text stays text; lines carry a ground, a sign and a bar, so that colour is not needed. */
export function drawCode({ id, title, panels, notes, alt }: CodeChart, size: FigureSize, theme: Theme): Figure {
  const room = codeRoom(size, panels.length, theme);
  const rows = Math.max(...panels.map(({ lines }) => lines.length));
  const shape = frame({
    size,
    theme,
    title,
    panels: panels.length,
    columns: panels.length,
    panelHeight: rows * lineHeight * theme.small,
    left: edge,
    between,
    headings: panels.map(({ names }) => ({ names })),
    above: 6,
    below: 6,
    legendLines: 0,
    footnotes: notes,
  });
  return {
    id,
    title,
    data: panels.flatMap((panel, at) => [numbers(panel, at, theme), code(panel, at, theme)]),
    layout: {
      ...shape.layout,
      showlegend: false,
      hovermode: "closest",
      ...axes(shape.panels, room, rows),
      annotations: shape.annotations,
      shapes: panels.flatMap(({ lines }, at) =>
        lines.flatMap((line, y) => grounds(line, y, { at, bar: flagWidth / (shape.panels[at]?.widthPx ?? 1) })),
      ),
    },
    alt,
    notes,
  };
}

function numbers({ lines }: CodePanel, at: number, theme: Theme): PlotlyFields {
  return {
    ...textTrace(at),
    x: lines.map(() => -0.6),
    y: lines.map((_, y) => y),
    text: lines.map(({ number, sign }) => `${number} ${sign === "" ? " " : sign}`),
    textposition: "middle left",
    textfont: {
      family: theme.mono,
      size: theme.small - 1,
      color: lines.map(({ findings, sign }) => (findings.length > 0 ? flag : sign === "" ? "#6b6b6b" : theme.ink)),
    },
    hoverinfo: "skip",
  };
}

function code({ lines, where }: CodePanel, at: number, theme: Theme): PlotlyFields {
  return {
    ...textTrace(at),
    x: lines.map(({ indent }) => indent),
    y: lines.map((_, y) => y),
    text: lines.map(({ text }) => codeText(text)),
    textposition: "middle right",
    textfont: {
      family: theme.mono,
      size: theme.small,
      color: lines.map(({ kind }) => (kind === "gap" ? theme.faint : theme.ink)),
    },
    hovertext: lines.map(({ number, findings }) =>
      findings.length === 0 ? "" : [`Line ${number}`, ...findings].map(plotlyText).join("<br>"),
    ),
    hoverinfo: lines.map(({ findings }) => (findings.length === 0 ? "skip" : "text")),
    customdata: lines.map(() => where),
  };
}

function textTrace(at: number): PlotlyFields {
  return {
    type: "scatter",
    mode: "text",
    xaxis: axisName("x", at),
    yaxis: axisName("y", at),
    cliponaxis: false,
  };
}

/** Code as Plotly prints it: two dollar signs would be a formula. */
function codeText(text: string): string {
  return plotlyText(text).replaceAll("$", "&#36;");
}

function axes(panels: readonly Panel[], room: number, rows: number): PlotlyFields {
  const hidden = { visible: false, fixedrange: true };
  return Object.fromEntries(
    panels.flatMap((panel, at): [string, PlotlyFields][] => [
      [axisName("x", at, "axis"), { ...hidden, domain: panel.x, anchor: axisName("y", at), range: [-gutter, room] }],
      [axisName("y", at, "axis"), { ...hidden, domain: panel.y, anchor: axisName("x", at), range: [rows - 0.5, -0.5] }],
    ]),
  );
}

/** The ground of a line that changed or is flagged, and the bar of a flagged one. */
function grounds(
  line: DrawnLine,
  y: number,
  { at, bar }: { readonly at: number; readonly bar: number },
): PlotlyFields[] {
  const color = groundOf(line);
  const place = {
    type: "rect",
    layer: "below",
    xref: `${axisName("x", at)} domain`,
    yref: axisName("y", at),
    y0: y - 0.5,
    y1: y + 0.5,
    line: { width: 0 },
  };
  return [
    ...(color === undefined ? [] : [{ ...place, x0: 0, x1: 1, fillcolor: color }]),
    ...(line.findings.length === 0 ? [] : [{ ...place, x0: 0, x1: bar, fillcolor: flag }]),
  ];
}

function groundOf({ kind, findings, sign }: DrawnLine): string | undefined {
  if (kind === "filler") return fills.filler;
  if (findings.length > 0) return fills.flagged;
  return sign === "−" ? fills.removed : sign === "+" ? fills.added : undefined;
}
