import type { Exclusion } from "../metric/rate.js";

/**
 * What is left out at each k as one phrase, summed over lines: `at k = 1: 2 no sample; at k = 2 and 3: 4 no sample`. Neighbouring k with
 * the same counts stand together, those with none are passed over; empty where nothing is left out at any k.
 */
export function exclusionsByK(
  lines: readonly { readonly k: number; readonly excluded: readonly Exclusion[] }[],
): string {
  const runs: { ks: number[]; text: string }[] = [];
  for (const k of [...new Set(lines.map((line) => line.k))].sort((a, b) => a - b)) {
    const sums = new Map<string, number>();
    for (const { reason, count } of lines.filter((line) => line.k === k).flatMap(({ excluded }) => excluded))
      sums.set(reason, (sums.get(reason) ?? 0) + count);
    const parts = [...sums].sort((a, b) => b[1] - a[1]).map(([reason, count]) => `${count} ${reason}`);
    const [text, last] = [parts.join(", "), runs.at(-1)];
    if (last?.text === text) last.ks.push(k);
    else runs.push({ ks: [k], text });
  }
  return runs
    .filter(({ text }) => text !== "")
    .map(({ ks, text }) => `at k = ${spanOf(ks)}: ${text}`)
    .join("; ");
}

function spanOf(ks: readonly number[]): string {
  const [first, last] = [ks[0], ks.at(-1)];
  return ks.length > 2 ? `${first} … ${last}` : ks.join(" and ");
}
