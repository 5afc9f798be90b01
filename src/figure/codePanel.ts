import type { Where } from "../table/typedTable.js";
import type { CodeLine } from "./codeLines.js";

/** A line as it is drawn. Of a long line of code the first part has the number. */
export interface DrawnLine {
  readonly number: string;
  /** `−` removed, `+` added, empty where nothing changed. */
  readonly sign: "" | "−" | "+";
  /** In letters; a part of one where indentation is divided. */
  readonly indent: number;
  readonly text: string;
  readonly findings: readonly string[];
  readonly kind: "code" | "gap" | "filler";
}

/** One block of code with its name. */
export interface CodePanel {
  /** One line of the heading each. */
  readonly names: readonly string[];
  readonly lines: readonly DrawnLine[];
  /** Selects the samples that the block shows. */
  readonly where: Where;
}

/**
 * By what the indentation of all lines of a figure is divided, so that the deepest takes no more than half the room: 1, 2, 4 and so on.
 * One number for the figure, since in Python a step that is drawn narrower than another would be another program.
 */
export function indentDivisor(lines: readonly CodeLine[], room: number): number {
  const deepest = Math.max(0, ...lines.filter(({ text }) => text.trim() !== "").map(indentOf));
  let divisor = 1;
  while (deepest / divisor > room / 2) divisor *= 2;
  return divisor;
}

/** What a reader must know of indentation that is not drawn at its width; nothing where it is. */
export function indentNotes(divisor: number): string[] {
  if (divisor === 1) return [];
  const share = divisor === 2 ? "half" : divisor === 4 ? "a quarter of" : `1/${divisor} of`;
  return [`Indentation is drawn at ${share} its width.`];
}

/** A line of code in parts that fit `room` letters, its indentation divided; continuations are indented two further. */
export function drawnLines(
  line: CodeLine,
  sign: DrawnLine["sign"],
  { room, divisor }: { readonly room: number; readonly divisor: number },
): DrawnLine[] {
  const { number, text, findings } = line;
  const letters = [...text.trimStart()];
  const indent = letters.length === 0 ? 0 : indentOf(line) / divisor;
  const drawn: DrawnLine[] = [];
  for (let at = 0; ;) {
    const first = drawn.length === 0;
    const own = first ? indent : indent + 2;
    const end = breakAfter(letters, at, at + Math.floor(room - own));
    const part = letters.slice(at, end).join("");
    drawn.push({ number: first ? String(number) : "", sign, indent: own, text: part, findings, kind: "code" });
    at = end;
    if (at >= letters.length) break;
  }
  return drawn;
}

function indentOf({ text }: CodeLine): number {
  return text.length - text.trimStart().length;
}

/**
 * Where a long line is broken: after the last space of its second half; where that is one long word after a sign of the language there;
 * else after the last space or sign of all; within a name only where it alone is longer than the line.
 */
function breakAfter(letters: readonly string[], from: number, edge: number): number {
  if (letters.length <= edge) return letters.length;
  const last = (sign: RegExp, first: number) => {
    const at = letters.slice(first, edge).findLastIndex((letter) => sign.test(letter));
    return at === -1 ? undefined : first + at + 1;
  };
  const half = Math.ceil((from + edge) / 2);
  return last(/\s/, half) ?? last(sign, half) ?? last(/\s/, from + 1) ?? last(sign, from + 1) ?? edge;
}

/** After these a line of code may be broken. */
const sign = /[([{,.:;/]/;

/** A line that stands for others that are left out. */
export function gapLine(lines: number): DrawnLine {
  const text = `⋯ ${lines} ${lines === 1 ? "line" : "lines"}`;
  return { number: "", sign: "", indent: 0, text, findings: [], kind: "gap" };
}

/** Nothing, where the other side has a line. */
export const fillerLine: DrawnLine = { number: "", sign: "", indent: 0, text: "", findings: [], kind: "filler" };
