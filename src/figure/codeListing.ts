import { isScanned } from "../analysis/isScanned.js";
import { makeSamples } from "../analysis/advice.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import { type CodeLine, codeLines, findingNotes } from "./codeLines.js";
import { drawnLines, gapLine, indentDivisor, indentNotes } from "./codePanel.js";
import { codeRoom, drawCode } from "./drawCode.js";
import { emptyFigure } from "./emptyFigure.js";
import { drawnFigure, type Figure, type FigureOptions } from "./figure.js";
import { foldLines } from "./foldLines.js";
import { sampleTitle, sampleWhere, sampleWords } from "./sampleWords.js";

/** What a figure of code can be asked. */
export interface CodeOptions extends FigureOptions {
  /** Its name and file name; `codeListing` or `codeDiff` unless told. */
  readonly id?: string;
  /** Sentences for below the code, e.g. why this sample. */
  readonly notes?: readonly string[];
}

/**
 * The code of one sample with the lines that scanners flag marked; hovering over one gives the findings. Of long code the flagged
 * lines and their neighbours are shown. Code that is withheld, or that was never produced, leaves a figure that says so.
 *
 * @example codeListing(rows[0], { width: "column" })
 */
export function codeListing(row: ResultRow, options: CodeOptions = {}): Figure {
  const { id = "codeListing", width } = options;
  const title = sampleTitle(row);
  const reason = noCode(row);
  if (reason !== undefined) return drawnFigure((size, theme) => emptyFigure({ id, title }, reason, size, theme), width);
  const lines = codeLines(row);
  const flagged = lines.filter(({ findings }) => findings.length > 0).map(({ number }) => number);
  const notes = [
    ...(options.notes ?? []),
    ...(flagged.length === 0 ? [] : ["Bar and shade: a scanner flags the line."]),
    ...(isScanned(row) ? [] : ["No scanner has looked at this code: run `safelab scan RUN`."]),
    ...findingNotes(row),
  ];
  const shown = foldLines(lines, ({ findings }) => findings.length > 0);
  const found = flagged.length === 0 ? "none flagged" : `flagged: ${flagged.join(", ")}`;
  const alt = `${title}, ${sampleWords(row)}: ${lines.length} ${lines.length === 1 ? "line" : "lines"} of code, ${isScanned(row) ? found : "not scanned"}.`;
  return drawnFigure((size, theme) => {
    const room = codeRoom(size, 1, theme);
    const divisor = indentDivisor(
      shown.filter((line) => typeof line !== "number"),
      room,
    );
    const draw = (line: CodeLine | number) =>
      typeof line === "number" ? [gapLine(line)] : drawnLines(line, "", { room, divisor });
    const panel = { names: [sampleWords(row)], lines: shown.flatMap(draw), where: sampleWhere(row) };
    return drawCode({ id, title, panels: [panel], notes: [...notes, ...indentNotes(divisor)], alt }, size, theme);
  }, width);
}

/** Why the code of a sample cannot be shown. */
export function noCode(row: ResultRow): string | undefined {
  const { code, sampleStatus } = row;
  if (code === null) return "The code is withheld: this run folder keeps hashes and verdicts only.";
  if (sampleStatus === "missing") return `There is no sample yet: ${makeSamples([row])}.`;
  return code === "" ? `The sample has no code (${sampleStatus}).` : undefined;
}
