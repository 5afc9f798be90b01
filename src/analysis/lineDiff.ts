import { diffArrays } from "diff";

/** A line of the left text, of the right text, or of both; numbers count from 0. */
export interface LinePair {
  readonly left?: number;
  readonly right?: number;
  readonly same: boolean;
}

/** The lines of a text as Python counts them; a last line break ends the last line. */
export function textLines(text: string): string[] {
  const lines = text.split(/\r\n|\r|\n/);
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

/**
 * The lines of two texts side by side: equal lines meet, and of a stretch that was replaced the first new line stands beside the
 * first old one.
 */
export function lineDiff(left: readonly string[], right: readonly string[]): LinePair[] {
  const pairs: LinePair[] = [];
  let [l, r] = [0, 0];
  let removed = 0;
  for (const change of diffArrays([...left], [...right])) {
    const { length } = change.value;
    if (change.removed) {
      removed = length;
      for (let i = 0; i < length; i++) pairs.push({ left: l++, same: false });
      continue;
    }
    const start = pairs.length - removed;
    for (let i = 0; i < length; i++) {
      if (!change.added) pairs.push({ left: l++, right: r++, same: true });
      else if (i < removed) pairs[start + i] = { ...pairs[start + i], right: r++, same: false };
      else pairs.push({ right: r++, same: false });
    }
    removed = 0;
  }
  return pairs;
}

/** Number of lines of the left text that the right one does not have. */
export function deletedLines(left: string, right: string): number {
  return lineDiff(textLines(left), textLines(right)).filter((pair) => !pair.same && pair.left !== undefined).length;
}
