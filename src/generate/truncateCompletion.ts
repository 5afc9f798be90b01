import { pythonLines } from "./pythonLines.js";

/** A completion up to the end of the function that the prompt began. */
export interface TruncatedCompletion {
  /** Prompt and kept part of the completion. */
  readonly code: string;
  /** Whether something followed the function, so that its body is known to be whole. */
  readonly ended: boolean;
}

/**
 * Cuts a completion before the first line that begins a statement at the left margin, which ends the function body
 * (the rule that SVEN, SafeCoder and CodeGuard+ share). Text inside strings and brackets does not count, nor does a
 * comment at the margin that more of the body follows.
 */
export function truncateCompletion(prompt: string, completion: string): TruncatedCompletion {
  const lines = pythonLines(prompt + completion);
  const first = prompt.split("\n").length;
  const begins = ({ text, fresh }: { text: string; fresh: boolean }) => fresh && /^\S/.test(text);
  let end = lines.findIndex((line, at) => at >= first && begins(line) && !line.text.startsWith("#"));
  const ended = end >= 0;
  if (!ended) end = lines.length;
  while (end > first && trails(lines[end - 1]?.text ?? "", ended)) end -= 1;
  const kept = lines.slice(0, end).map(({ text }) => text);
  return { code: `${kept.join("\n").trimEnd()}\n`, ended };
}

function trails(line: string, ended: boolean): boolean {
  return line.trim() === "" || (ended && line.startsWith("#"));
}
