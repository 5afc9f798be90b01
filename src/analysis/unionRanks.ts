import { groupRows } from "../metric/groupRows.js";
import type { Exclusion } from "../metric/rate.js";
import type { Configuration } from "./studyView.js";

/** Secure@1 of a configuration under the whole union and without each part: `hits` by key, over one denominator. */
export interface UnionLine {
  readonly configuration: Configuration;
  readonly total: number;
  readonly excluded: readonly Exclusion[];
  /** Why nothing can be counted. */
  readonly missing: string | undefined;
  readonly hits: ReadonlyMap<string, number>;
}

/** The rank of a line under each key. */
export type Ranks = ReadonlyMap<UnionLine, ReadonlyMap<string, number>>;

/** The rank of each line under each key among the lines of the same model, data set and prompt. */
export function ranksOf(lines: readonly UnionLine[], keys: readonly string[]): Ranks {
  const ranks = new Map<UnionLine, Map<string, number>>(lines.map((line) => [line, new Map()]));
  for (const group of sameModel(lines.filter(isKnown)))
    for (const key of keys)
      for (const line of group) {
        const better = group.filter((other) => rateOf(other, key) > rateOf(line, key));
        ranks.get(line)?.set(key, better.length + 1);
      }
  return ranks;
}

/** Whether a line has any sample to count. */
export function isKnown({ total }: UnionLine): boolean {
  return total > 0;
}

/** The lines of each model on each data set and prompt. */
export function sameModel(lines: readonly UnionLine[]): UnionLine[][] {
  const keyed = lines.map((line) => ({
    line,
    dataset: line.configuration.dataset,
    model: line.configuration.model,
    prompt: line.configuration.prompt,
  }));
  return groupRows(keyed, ["dataset", "model", "prompt"]).map((group) => group.map(({ line }) => line));
}

function rateOf({ hits, total }: UnionLine, key: string): number {
  return (hits.get(key) ?? 0) / total;
}
