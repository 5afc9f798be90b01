/** Widths that figures are laid out for. */
export type FigureSize = "page" | "column";

/** How a method looks in every figure: a colour, a fill pattern for bars, a marker for points. */
export interface MethodStyle {
  readonly color: string;
  /** Plotly's `marker.pattern.shape`: empty for none, else one or more of `/ \ x - | + .` */
  readonly pattern: string;
  /** Plotly's `marker.symbol`. */
  readonly symbol: string;
}

/** How figures look. Sizes of type and lines are CSS pixels, 1/96 inch: 11 px are 8.25 pt on paper, on every width. */
export interface Theme {
  /** Widths on paper. */
  readonly inches: Readonly<Record<FigureSize, number>>;
  /** The same in CSS pixels. */
  readonly width: Readonly<Record<FigureSize, number>>;
  /** Families in order of preference. Open Sans and Source Code Pro are embedded in files; others are the machine's. */
  readonly font: string;
  readonly mono: string;
  readonly text: number;
  readonly small: number;
  readonly title: number;
  readonly ink: string;
  readonly faint: string;
  readonly grid: string;
  readonly paper: string;
  /** Colours for shares from 0 to 1. */
  readonly shades: readonly (readonly [share: number, color: string])[];
  readonly baseline: MethodStyle;
  /** Styles of methods, in the order of their places. */
  readonly palette: readonly MethodStyle[];
  /** What single methods have instead of their place's style, by the name of the method in the study. */
  readonly methods: Readonly<Record<string, Partial<MethodStyle>>>;
  /** Whether title and footnotes stand in the picture; `withoutCaption` leaves them out. */
  readonly caption: boolean;
}

/** What to change of a theme; what is left out stays. */
export type ThemeChanges = Partial<Omit<Theme, "inches" | "width" | "caption">> & {
  readonly inches?: Partial<Theme["inches"]>;
};

const perInch = 96;

function widthsOf(inches: Theme["inches"]): Theme["width"] {
  return { page: Math.round(inches.page * perInch), column: Math.round(inches.column * perInch) };
}

/** ACM's two-column format (`acmart`, sigconf): the text is 7 in wide, a column 3.33 in. */
const acm = { page: 7, column: 3.33 };

/** The theme that holds unless another is given. */
export const theme: Theme = {
  inches: acm,
  width: widthsOf(acm),
  font: "Open Sans, Arial, Helvetica, sans-serif",
  mono: "Source Code Pro, DejaVu Sans Mono, Liberation Mono, Menlo, Consolas, Courier New, monospace",
  text: 11,
  small: 9.5,
  title: 13,
  ink: "#222222",
  faint: "#8a8a8a",
  grid: "#e4e4e4",
  paper: "#ffffff",
  /** One hue for shares 0 … 1, light enough that `ink` on the darkest still has a contrast above 6. */
  shades: [
    [0, "#f7fbff"],
    [1, "#6baed6"],
  ],
  // Grey and plain, light enough for its interval to show.
  baseline: { color: "#8a8a8a", pattern: "", symbol: "circle" },
  // Okabe and Ito's colours, which readers with the common colour-vision deficiencies tell apart; each with a pattern of its own.
  palette: [
    { color: "#0072b2", pattern: "/", symbol: "square" },
    { color: "#e69f00", pattern: "x", symbol: "diamond" },
    { color: "#009e73", pattern: "-", symbol: "triangle-up" },
    { color: "#cc79a7", pattern: ".", symbol: "cross" },
    { color: "#56b4e9", pattern: "\\", symbol: "x" },
    { color: "#d55e00", pattern: "|", symbol: "star" },
    { color: "#b5a800", pattern: "+", symbol: "hexagon" },
    { color: "#44337a", pattern: "/", symbol: "triangle-down" },
  ],
  methods: {},
  caption: true,
};

/**
 * A theme with changes made.
 *
 * @example themed({ font: "Times New Roman, serif", inches: { column: 3.5 }, methods: { sven: { color: "#aa0000" } } })
 */
export function themed(changes: ThemeChanges, from: Theme = theme): Theme {
  const inches = { ...from.inches, ...changes.inches };
  return { ...from, ...changes, inches, width: widthsOf(inches) };
}

/** The layout fields of every figure: fonts, white paper, room that the drawing itself reserves. */
export function baseLayout(size: FigureSize, look: Theme): Record<string, unknown> {
  return {
    width: look.width[size],
    font: { family: look.font, size: look.text, color: look.ink },
    paper_bgcolor: look.paper,
    plot_bgcolor: look.paper,
    hoverlabel: { font: { family: look.font, size: look.text + 1 }, align: "left" },
    autosize: false,
  };
}

/** A style axis: thin lines, ticks outside, no zoom box. */
export function baseAxis(look: Theme): Record<string, unknown> {
  return {
    linecolor: look.ink,
    linewidth: 0.75,
    gridcolor: look.grid,
    gridwidth: 0.75,
    tickfont: { size: look.small },
    ticks: "",
    zeroline: false,
    fixedrange: true,
  };
}
