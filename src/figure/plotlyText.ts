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

/** Text broken into lines that fit a width in pixels; words that are longer than a line are cut. Each line is safe for Plotly. */
export function wrapText(text: string, width: number, size: number): string[] {
  const room = Math.max(8, Math.floor(width / (letter * size)));
  const words = text.split(/\s+/).flatMap((word) => word.match(new RegExp(`.{1,${room}}`, "gu")) ?? []);
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
