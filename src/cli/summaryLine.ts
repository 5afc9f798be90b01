/** What a long-running verb did, as its summary says it. */
export interface WorkSummary {
  /** Newly done in this call. */
  readonly done: number;
  /** Already there. */
  readonly skipped: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly seconds: number;
}

/** One line for the end of a command, e.g. `executed 48 (passed 20, failed 28) in 3.1 s; 0 were there already`. */
export function summaryLine(verb: string, { done, skipped, counts, seconds }: WorkSummary): string {
  const parts = Object.entries(counts).filter(([, count]) => count > 0);
  const inside = parts.length === 0 ? "" : ` (${parts.map(([name, count]) => `${name} ${count}`).join(", ")})`;
  return `${verb} ${done}${inside} in ${seconds.toFixed(1)} s; ${skipped} were there already`;
}
