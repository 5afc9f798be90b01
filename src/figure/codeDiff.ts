import { type LinePair, lineDiff } from "../analysis/lineDiff.js";
import { methodName } from "../analysis/names.js";
import { InputError } from "../error.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import { type CodeLine, codeLines, findingNotes } from "./codeLines.js";
import { type CodeOptions, noCode } from "./codeListing.js";
import {
  type CodePanel,
  type DrawnLine,
  drawnLines,
  fillerLine,
  gapLine,
  indentDivisor,
  indentNotes,
} from "./codePanel.js";
import { codeRoom, drawCode } from "./drawCode.js";
import { emptyFigure } from "./emptyFigure.js";
import { drawnFigure, type Figure } from "./figure.js";
import { foldLines } from "./foldLines.js";
import { sampleTitle, sampleWhere, sampleWords } from "./sampleWords.js";

/** Two lines that stand beside each other. */
interface Beside {
  readonly left?: CodeLine;
  readonly right?: CodeLine;
  readonly same: boolean;
}

/** A line as it is drawn in the figure, in parts; nothing of none. */
type DrawPart = (line: CodeLine | undefined, sign: DrawnLine["sign"]) => DrawnLine[];

/**
 * The code of two samples, what changed and what scanners flag: side by side on a page, one under the other in a column. Of long code
 * the lines that matter and their neighbours are shown.
 *
 * @throws InputError for samples of two tasks.
 * @example codeDiff(before, after, { width: "column" })
 */
export function codeDiff(before: ResultRow, after: ResultRow, options: CodeOptions = {}): Figure {
  if (before.dataset !== after.dataset || before.task !== after.task) {
    throw new InputError(
      `codeDiff requires two samples of one task, not of ${before.task} (${before.dataset}) and ${after.task} (${after.dataset})`,
    );
  }
  const { id = "codeDiff", width } = options;
  const title = `${sampleTitle(before)}: ${methodName(before.method)} and ${methodName(after.method)}`;
  const absent = after.code === null || after.sampleStatus === "missing";
  const reason = noCode(before) ?? (absent ? noCode(after) : undefined);
  if (reason !== undefined) return drawnFigure((size, theme) => emptyFigure({ id, title }, reason, size, theme), width);
  const pairs = pairsOf(codeLines(before), codeLines(after));
  const shown = foldLines(pairs, ({ left, right, same }) => !same || [left, right].some((line) => isFlagged(line)));
  const [removed, added] = [
    pairs.filter(({ left, same }) => !same && left !== undefined).length,
    pairs.filter(({ right, same }) => !same && right !== undefined).length,
  ];
  const flagged = pairs.some(({ left, right }) => isFlagged(left) || isFlagged(right));
  const notes = [
    ...(options.notes ?? []),
    `− ${removed} ${removed === 1 ? "line" : "lines"} only in ${methodName(before.method)}, + ${added} only in ${methodName(after.method)}${flagged ? "; bar: a scanner flags the line" : ""}.`,
    ...findingNotes(before, methodName(before.method)),
    ...findingNotes(after, methodName(after.method)),
  ];
  const alt = `${title}. ${sampleWords(before)}; ${sampleWords(after)}. ${removed} lines removed, ${added} added.`;
  return drawnFigure((size, theme) => {
    const room = codeRoom(size, size === "page" ? 2 : 1, theme);
    const divisor = indentDivisor(shown.flatMap(linesOf), room);
    const part: DrawPart = (line, sign) => (line === undefined ? [] : drawnLines(line, sign, { room, divisor }));
    const panels = size === "page" ? sideBySide(shown, before, after, part) : [unified(shown, before, after, part)];
    return drawCode({ id, title, panels, notes: [...notes, ...indentNotes(divisor)], alt }, size, theme);
  }, width);
}

function pairsOf(left: readonly CodeLine[], right: readonly CodeLine[]): Beside[] {
  const text = ({ text }: CodeLine) => text;
  return lineDiff(left.map(text), right.map(text)).map((pair: LinePair) => {
    const [own, other] = [left[pair.left ?? -1], right[pair.right ?? -1]];
    return { same: pair.same, ...(own ? { left: own } : {}), ...(other ? { right: other } : {}) };
  });
}

function isFlagged(line: CodeLine | undefined): boolean {
  return line !== undefined && line.findings.length > 0;
}

function sideBySide(
  shown: readonly (Beside | number)[],
  before: ResultRow,
  after: ResultRow,
  part: DrawPart,
): CodePanel[] {
  const sides: [DrawnLine[], DrawnLine[]] = [[], []];
  for (const pair of shown) {
    const [left, right] =
      typeof pair === "number"
        ? [[gapLine(pair)], [gapLine(pair)]]
        : [part(pair.left, pair.same ? "" : "−"), part(pair.right, pair.same ? "" : "+")];
    const rows = Math.max(left.length, right.length);
    sides[0].push(...filled(left, rows));
    sides[1].push(...filled(right, rows));
  }
  return [before, after].map((row, at) => ({
    names: [sampleWords(row)],
    lines: sides[at === 0 ? 0 : 1],
    where: sampleWhere(row),
  }));
}

/** Removed lines before the added ones of each stretch, in one block. */
function unified(shown: readonly (Beside | number)[], before: ResultRow, after: ResultRow, part: DrawPart): CodePanel {
  const lines: DrawnLine[] = [];
  let added: DrawnLine[] = [];
  for (const pair of [...shown, undefined]) {
    if (typeof pair === "object" && !pair.same) {
      lines.push(...part(pair.left, "−"));
      added.push(...part(pair.right, "+"));
      continue;
    }
    lines.push(...added);
    added = [];
    if (typeof pair === "number") lines.push(gapLine(pair));
    else if (pair !== undefined) lines.push(...part(bothOf(pair), ""));
  }
  const where = Object.fromEntries(Object.entries(sampleWhere(after)).filter(([column]) => column !== "method"));
  return { names: [`− ${sampleWords(before)}`, `+ ${sampleWords(after)}`], lines, where };
}

/** A line that did not change, with the findings of either side: what is elsewhere decides whether a scanner flags it. */
function bothOf({ left, right }: Beside): CodeLine | undefined {
  const findings = [...new Set([...(left?.findings ?? []), ...(right?.findings ?? [])])];
  return right === undefined ? left : { ...right, findings };
}

function linesOf(pair: Beside | number): CodeLine[] {
  return typeof pair === "number" ? [] : [pair.left, pair.right].filter((line) => line !== undefined);
}

function filled(lines: readonly DrawnLine[], rows: number): DrawnLine[] {
  return [...lines, ...Array.from({ length: rows - lines.length }, () => fillerLine)];
}
