/** Text that Plotly prints as it stands: names are data, not mark-up. */
export function plotlyText(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029]/gu, " ")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;");
}

/** A sentence with its commands in quotation marks instead of back-quotes. */
export function quoteCommands(text: string): string {
  return text.replace(/`([^`]*)`/g, "“$1”");
}

/** Share of its size that a letter of the figures' font is wide on average. */
const letter = 0.53;

/** The same of the bold letters of names. */
const boldLetter = 0.57;

/** A number and its unit, and `n = 60`, which a line break would tear apart. */
function bound(text: string): string {
  return text.replace(/(\d) %/g, "$1\u00a0%").replace(/(\S) = (\S)/g, "$1\u00a0=\u00a0$2");
}

/** Text broken into lines that fit a width in pixels; words that are longer than a line are cut. Each line is safe for Plotly. */
export function wrapText(text: string, width: number, size: number): string[] {
  const room = Math.max(8, Math.floor(width / (letter * size)));
  const words = bound(text)
    .split(/[ \t\n]+/)
    .flatMap((word) => word.match(new RegExp(`.{1,${room}}`, "gu")) ?? []);
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= room) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.map(plotlyText);
}

/** A name shortened to fit a width in pixels, with an ellipsis, safe for Plotly. */
export function fitText(text: string, width: number, size: number): string {
  const room = Math.max(3, Math.floor(width / (letter * size)));
  const letters = [...text];
  return plotlyText(letters.length <= room ? text : `${letters.slice(0, room - 1).join("")}…`);
}

/** A panel's name in bold: in the size of text where it fits a width in pixels, else in the smaller size, cut only where that is too wide too. */
export function boldName(
  name: string,
  width: number,
  { text, small }: { readonly text: number; readonly small: number },
): { readonly text: string; readonly size: number } {
  const size = [...name].length * boldLetter * text <= width ? text : small;
  return { text: fitText(name, (width * letter) / boldLetter, size), size };
}
