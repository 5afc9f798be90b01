/** Up to this many lines are shown whole. */
const whole = 40;
/** Lines around what matters. */
const context = 3;
/** No more lines than this are shown. */
const longest = 60;

/**
 * Which lines of a long listing are shown: all of a short one, else those that matter and three around each, or the first where
 * none matters. Numbers stand for that many lines left out.
 */
export function foldLines<L>(lines: readonly L[], matters: (line: L) => boolean): (L | number)[] {
  if (lines.length <= whole) return [...lines];
  const shown = lines.map((_, i) => lines.slice(Math.max(0, i - context), i + context + 1).some(matters));
  if (!shown.includes(true)) shown.fill(true, 0, whole);
  let room = longest;
  const folded: (L | number)[] = [];
  for (const [i, line] of lines.entries()) {
    const last = folded.at(-1);
    if (shown[i] === true && room > 0) {
      room -= 1;
      folded.push(line);
    } else if (typeof last === "number") folded[folded.length - 1] = last + 1;
    else folded.push(1);
  }
  return folded;
}
