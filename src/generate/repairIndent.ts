import { pythonLines } from "./pythonLines.js";

/** A block that is open: its indentation in the given text, and in the repaired one. */
interface Block {
  readonly old: number;
  readonly now: number;
}

const outermost: Block = { old: 0, now: 0 };
const indentOf = (line: string) => line.length - line.trimStart().length;
const isComment = (line: string) => /^\s*#/.test(line);

/**
 * Turns 3-space indentation into 4-space indentation (paper, section 3.2: code of CodeGuard+). It acts only where a
 * statement is indented by exactly 3 spaces and none by 1 or 2. A body of 3 below a docstring of 4 becomes one block.
 * Strings and continued lines stay as they are; code that needs no repair is returned unchanged.
 */
export function repairIndent(code: string): string {
  const lines = pythonLines(code);
  const isStatement = lines.map(({ text, fresh }) => fresh && text.trim() !== "" && !isComment(text));
  const indents = new Set(lines.filter((_, at) => isStatement[at]).map(({ text }) => indentOf(text)));
  if (!indents.has(3) || indents.has(1) || indents.has(2) || code.includes("\t")) return code;

  const open = [outermost];
  const seen = new Map<number, number>();
  const repaired = lines.map(({ text, fresh }, at) => {
    const old = indentOf(text);
    if (isStatement[at] === true) {
      const now = enter(open, old);
      seen.set(old, now);
      return " ".repeat(now) + text.trimStart();
    }
    return fresh && isComment(text) ? " ".repeat(seen.get(old) ?? old) + text.trimStart() : text;
  });
  return repaired.join("\n");
}

/** Closes and opens blocks for a statement at indentation `old`; returns its new indentation. */
function enter(open: Block[], old: number): number {
  let left: Block | undefined;
  while ((open.at(-1) ?? outermost).old > old) left = open.pop();
  const top = open.at(-1) ?? outermost;
  if (top.old === old) return top.now;
  // A dedent to an indentation that no open block has stays in the block that it fell out of.
  const now = left === undefined ? top.now + 4 : left.now;
  open.push({ old, now });
  return now;
}
