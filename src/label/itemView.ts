import { lineDiff, textLines } from "../analysis/lineDiff.js";
import { annotatorAnswers } from "./disagreement.js";
import type { LabelSession } from "./labelSession.js";
import { type CodeToken, pythonTokens } from "./pythonTokens.js";

/** A stretch of a task's text. */
export interface InstructionPart {
  readonly isCode: boolean;
  readonly text: string;
}

/** A code template is code as a whole; of other texts what stands between fences. */
function instructionParts(text: string, prompt: "nl" | "ct"): InstructionPart[] {
  if (prompt === "ct") return [{ isCode: true, text: text.trim() }];
  return text
    .split(/^```\w*\n([\s\S]*?)^```\s*?$/m)
    .map((part, i) => ({ isCode: i % 2 === 1, text: part.trim() }))
    .filter((part) => part.text !== "");
}

/** What the page shows of one item. Neither model nor method, verdict or name of an annotator is in it. */
export interface ItemView {
  readonly position: number;
  readonly answered: number;
  readonly version: number;
  readonly instruction: readonly InstructionPart[];
  readonly code: readonly (readonly CodeToken[])[];
  /** The baseline's code and which lines stand beside each other, where the question compares. */
  readonly base?: readonly (readonly CodeToken[])[];
  readonly pairs?: readonly { readonly left?: number; readonly right?: number; readonly same: boolean }[];
  readonly given: {
    readonly value: string;
    readonly cwe: readonly number[];
    readonly lines: readonly number[];
    readonly note: string;
  } | null;
  /** The annotators' answers, for an adjudicator only; in the order of their names, which are left out. */
  readonly answers?: readonly {
    readonly value: string;
    readonly cwe: readonly number[];
    readonly lines: readonly number[];
    readonly note: string;
  }[];
}

/** The view of an item; `undefined` where there is none at the position. */
export function itemView(session: LabelSession, position: number): ItemView | undefined {
  const state = session.at(position);
  if (state === undefined) return undefined;
  const { item, given, version } = state;
  const lines = textLines(item.row.code ?? "");
  const base = item.base === undefined ? undefined : textLines(item.base);
  const plain = ({
    value,
    cwe,
    lines,
    note,
  }: Pick<ItemView["given"] & object, "value" | "cwe" | "lines" | "note">) => ({
    value,
    cwe,
    lines,
    note,
  });
  return {
    position,
    answered: session.answered(),
    version,
    instruction: instructionParts(item.instruction, item.row.prompt),
    code: pythonTokens(lines),
    ...(base === undefined ? {} : { base: pythonTokens(base), pairs: lineDiff(base, lines) }),
    given: given === undefined ? null : plain(given),
    ...(session.role === "annotator"
      ? {}
      : { answers: annotatorAnswers(item.row.labels, session.question).map(plain) }),
  };
}
