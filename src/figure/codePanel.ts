import type { Where } from "../table/typedTable.js";
import type { CodeLine } from "./codeLines.js";

/** A line as it is drawn. Of a long line of code the first part has the number. */
export interface DrawnLine {
  readonly number: string;
  /** `−` removed, `+` added, empty where nothing changed. */
  readonly sign: "" | "−" | "+";
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

/** A line of code in parts that fit `room` letters; continuations are indented two further. */
export function drawnLines({ number, text, findings }: CodeLine, sign: DrawnLine["sign"], room: number): DrawnLine[] {
  const letters = [...text.trimStart()];
  const deepest = Math.floor((2 * room) / 3);
  const indent = Math.min(narrowed(text.length - text.trimStart().length, room), deepest);
  const drawn: DrawnLine[] = [];
  for (let at = 0; ;) {
    const first = drawn.length === 0;
    const own = first ? indent : Math.min(indent + 2, deepest);
    const end = breakAfter(letters, at, at + room - own);
    const part = letters.slice(at, end).join("");
    drawn.push({ number: first ? String(number) : "", sign, indent: own, text: part, findings, kind: "code" });
    at = end;
    if (at >= letters.length) break;
  }
  return drawn;
}

/** Indentation beyond a third of the room at half its size, so that deep code keeps its shape and has room left. */
function narrowed(indent: number, room: number): number {
  const whole = Math.floor(room / 3);
  return indent <= whole ? indent : whole + Math.round((indent - whole) / 2);
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
