/** What a long-running verb did. */
export interface WorkDone {
  /** Newly done, by outcome. */
  readonly counts: Readonly<Record<string, number>>;
  /** There already. */
  readonly skipped: number;
  readonly seconds: number;
}

/** One line for the end of a command, e.g. `executed 48 (passed 20, failed 28) in 3.1 s; 0 were there already`. */
export function summaryLine(verb: string, { counts, skipped, seconds }: WorkDone): string {
  const parts = Object.entries(counts).filter(([, count]) => count > 0);
  const done = parts.reduce((sum, [, count]) => sum + count, 0);
  const inside = parts.length === 0 ? "" : ` (${parts.map(([name, count]) => `${name} ${count}`).join(", ")})`;
  return `${verb} ${done}${inside} in ${seconds.toFixed(1)} s; ${skipped} were there already`;
}
