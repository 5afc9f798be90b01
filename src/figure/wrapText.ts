import { plotlyText } from "./plotlyText.js";
import { textWidth } from "./textWidth.js";

/** A number and its unit, `n = 60` and `t test`, which a line break would tear apart. */
function bound(text: string): string {
  return text
    .replace(/(\d) %/g, "$1\u00a0%")
    .replace(/(\S) = (\S)/g, "$1\u00a0=\u00a0$2")
    .replace(/\bt test/g, "t\u00a0test");
}

/**
 * Text broken at spaces into lines that fit a width in pixels. Nothing is left out: a word that is wider than a line goes on in the next,
 * after one of its hyphens, slashes, dots or underscores where there is one. Each line is safe for Plotly.
 */
export function wrapText(text: string, width: number, size: number, weight: "plain" | "bold" = "plain"): string[] {
  const room = Math.max(width, 5 * size);
  const fits = (part: string) => textWidth(part, size, weight) <= room;
  const lines: string[] = [];
  for (const word of bound(text).split(/[ \t\n]+/)) {
    const [first = "", ...rest] = partsOf(word, fits);
    const last = lines.at(-1);
    if (last !== undefined && fits(`${last} ${first}`)) lines[lines.length - 1] = `${last} ${first}`;
    else lines.push(first);
    lines.push(...rest);
  }
  return lines.map(plotlyText);
}

/** A word in as few parts as fit a line each. */
function partsOf(word: string, fits: (part: string) => boolean): string[] {
  const parts: string[] = [];
  let letters = [...word];
  while (letters.length > 1 && !fits(letters.join(""))) {
    const most = Math.max(
      1,
      letters.findIndex((_, i) => !fits(letters.slice(0, i + 1).join(""))),
    );
    const joint = letters.slice(0, most).findLastIndex((letter) => /[-_/.:,;=@)]/.test(letter));
    const end = joint > 0 ? joint + 1 : most;
    parts.push(letters.slice(0, end).join(""));
    letters = letters.slice(end);
  }
  return [...parts, letters.join("")];
}
