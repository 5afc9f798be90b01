import type { Figure } from "./figure.js";
import { frame } from "./frame.js";
import { quoteCommands } from "./plotlyText.js";
import type { FigureSize, Theme } from "./theme.js";
import { wrapText } from "./wrapText.js";

/** A figure with nothing to show: the reason in the place of the picture. */
export function emptyFigure(
  of: { readonly id: string; readonly title: string },
  reason: string,
  size: FigureSize,
  theme: Theme,
): Figure {
  const text = wrapText(quoteCommands(reason), theme.width[size] - 48, theme.text);
  const { layout } = frame({
    size,
    theme,
    title: of.title,
    panels: 1,
    columns: 1,
    panelHeight: Math.max(110, 1.3 * theme.text * text.length + 40),
    left: 8,
    between: 0,
    above: 8,
    below: 8,
    legendLines: 0,
    footnotes: [],
  });
  return {
    id: of.id,
    title: of.title,
    data: [],
    layout: {
      ...layout,
      xaxis: { visible: false, fixedrange: true },
      yaxis: { visible: false, fixedrange: true },
      annotations: [
        {
          text: text.join("<br>"),
          x: 0.5,
          y: 0.5,
          xref: "paper",
          yref: "paper",
          showarrow: false,
          bordercolor: theme.faint,
          borderpad: 8,
          font: { size: theme.text },
        },
      ],
    },
    alt: `${of.title}. ${reason}`,
    notes: [reason],
  };
}
