import { textWidth } from "./textWidth.js";
import type { Theme } from "./theme.js";
import { wrapText } from "./wrapText.js";

/** What stands above a panel: its names in bold, and under them what else there is to say. Each begins a line of its own. */
export interface Heading {
  readonly names: readonly string[];
  readonly details?: readonly string[];
}

/** The headings of a figure's panels, fitted to their width: lines safe for Plotly, all in one size. */
export interface FittedHeadings {
  readonly size: number;
  readonly lines: readonly (readonly string[])[];
}

/**
 * Headings in the size of text, or in the smaller one where that saves a line or keeps a word whole; what is still too wide is wrapped. No
 * name is ever cut: two models may differ in their last letters alone.
 */
export function fittedHeadings(headings: readonly Heading[], width: number, theme: Theme): FittedHeadings {
  const inSize = (size: number) => {
    const lines = headings.map((heading) => linesOf(heading, width, size));
    const torn = headings.flatMap((heading) => tornWords(heading, width, size)).length;
    return { size, lines, torn, count: lines.flat().length };
  };
  const [large, less] = [inSize(theme.text), inSize(theme.small)];
  return less.torn < large.torn || less.count < large.count ? less : large;
}

function linesOf({ names, details = [] }: Heading, width: number, size: number): string[] {
  return [
    ...names.flatMap((name) => wrapText(name, width, size, "bold").map((line) => `<b>${line}</b>`)),
    ...details.flatMap((detail) => wrapText(detail, width, size)),
  ];
}

function tornWords({ names, details = [] }: Heading, width: number, size: number): string[] {
  const wide = (weight: "bold" | "plain") => (word: string) => textWidth(word, size, weight) > width;
  const words = (texts: readonly string[]) => texts.flatMap((text) => text.split(" "));
  return [...words(names).filter(wide("bold")), ...words(details).filter(wide("plain"))];
}
