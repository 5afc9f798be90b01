const mostReasons = 5;
const mostCharacters = 120;

/**
 * One line per status on why judgements are no verdicts, the most frequent reasons first, e.g. `unparsed: 9 cut off after 768 tokens, 3 an empty reply`.
 */
export function problemLines(problems: Readonly<Record<string, Readonly<Record<string, number>>>>): string[] {
  return Object.entries(problems).map(([status, reasons]) => {
    const sorted = Object.entries(reasons).sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
    const shown = sorted.slice(0, mostReasons).map(([reason, count]) => `${count} ${reason.slice(0, mostCharacters)}`);
    const rest = sorted.slice(mostReasons).reduce((sum, [, count]) => sum + count, 0);
    return `${status}: ${[...shown, ...(rest === 0 ? [] : [`${rest} for other reasons`])].join(", ")}`;
  });
}
