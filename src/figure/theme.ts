/** Widths that figures are laid out for. */
export type FigureSize = "page" | "column";

/** Sizes in CSS pixels (1/96 inch), so that type measures the same on every width: 8 pt in print. */
export const theme = {
  /** ACM's two-column format: text width 7 in, column 3.33 in. */
  width: { page: 672, column: 320 },
  font: "Open Sans, Arial, Helvetica, sans-serif",
  /** For code; where none of these is there code is legible still, since its indentation does not hang on the font. */
  mono: "DejaVu Sans Mono, Liberation Mono, Menlo, Consolas, Courier New, monospace",
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
} as const;

/** The layout fields of every figure: fonts, white paper, room that the drawing itself reserves. */
export function baseLayout(size: FigureSize): Record<string, unknown> {
  return {
    width: theme.width[size],
    font: { family: theme.font, size: theme.text, color: theme.ink },
    paper_bgcolor: theme.paper,
    plot_bgcolor: theme.paper,
    hoverlabel: { font: { family: theme.font, size: theme.text + 1 }, align: "left" },
    autosize: false,
  };
}

/** A style axis: thin lines, ticks outside, no zoom box. */
export function baseAxis(): Record<string, unknown> {
  return {
    linecolor: theme.ink,
    linewidth: 0.75,
    gridcolor: theme.grid,
    gridwidth: 0.75,
    tickfont: { size: theme.small },
    ticks: "",
    zeroline: false,
    fixedrange: true,
  };
}
