import type { Figure } from "../../src/figure/figure.js";

/** A figure's specification as text with numbers rounded to four digits after the point, for snapshots. */
export function rounded(figure: Figure): string {
  const text = JSON.stringify(
    figure,
    (_key, value: unknown) => (typeof value === "number" ? Number(value.toFixed(4)) : value),
    1,
  );
  return `${text}\n`;
}
