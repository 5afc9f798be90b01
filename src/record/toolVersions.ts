import { readRecords } from "./readRecords.js";
import type { RunFolder } from "./runFolder.js";

/**
 * Which versions of scanners, and which prompts of judges (by hash), the records of a run name.
 *
 * @throws InputError for a record that does not fit (file and line).
 * @example show(tableChoices(rows, await toolVersions(run)));
 */
export async function toolVersions(run: RunFolder): Promise<{
  readonly scanners: Readonly<Record<string, readonly string[]>>;
  readonly judgePrompts: Readonly<Record<string, readonly string[]>>;
}> {
  const scans = await readRecords(run, "scans");
  const judgements = await readRecords(run, "judgements");
  return {
    scanners: namesBy(scans.map(({ scanner, version }) => [scanner, version])),
    judgePrompts: namesBy(judgements.map(({ judge, promptHash }) => [judge, promptHash])),
  };
}

function namesBy(pairs: readonly (readonly [string, string])[]): Record<string, string[]> {
  const names = new Map<string, Set<string>>();
  for (const [key, value] of pairs) names.set(key, (names.get(key) ?? new Set<string>()).add(value));
  return Object.fromEntries([...names].map(([key, values]) => [key, [...values].sort()]));
}
